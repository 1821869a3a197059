"""Bytes in and out: streams of a source, and files and folders that are the old ones or the new ones, never half."""
