"""Reading sources as streams of bytes, and replacing files and folders as a whole."""
