"""Tests of what any text in English is read with."""
