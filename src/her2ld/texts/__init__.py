"""What any text in English is read with: its folded form, its numbers, its words of hedge and denial, names in it.

Places are counted in code points of the text that is given; an end is the place after the last character.
"""


def counted(number: int, noun: str) -> str:
    """Return how many there are of what a noun names.

    >>> counted(0, "finding"), counted(1, "finding"), counted(2, "finding")
    ('no findings', '1 finding', '2 findings')
    """
    return f"{number or 'no'} {noun}{'s' * (number != 1)}"
