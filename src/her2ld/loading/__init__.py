"""Loading stores, and comparing what they then hold with what was sent.

Whatever the store, the graphs of the sources replace those of the same names, all others stay, and what the store gives
back afterwards is compared with what was sent.
"""

from her2ld.loading.bulk_files import check_files, write_files
from her2ld.loading.client import StoreClient
from her2ld.loading.comparing import GraphReport
from her2ld.loading.loads import LoadReport, Sources
from her2ld.loading.oxigraph_folder import check_folder, load_folder
from her2ld.loading.remote import check_store, load_store, refresh_notice
from her2ld.loading.stores import PRESETS

__all__ = [
    "PRESETS",
    "GraphReport",
    "LoadReport",
    "Sources",
    "StoreClient",
    "check_files",
    "check_folder",
    "check_store",
    "load_folder",
    "load_store",
    "refresh_notice",
    "write_files",
]
