"""What any text in English is read with: its folded form, its numbers, its words of hedge and denial, names in it.

Places are counted in code points of the text that is given; an end is the place after the last character.
"""
