"""The documentation, and the program that draws its picture."""
