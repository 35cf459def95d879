"""OLE compound files ([MS-CFB]): what Office wrote before 2007, and what it encrypts. Told apart by their streams."""

import io
import struct

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # [MS-CFB] 2.2

# The first of these that is in a file says what it is: a code of the catalogue of problems, by the name of a stream or
# storage. A label that encrypts and a password both leave an EncryptedPackage; the data space says by what.
_SIGNS = (
    ("__properties_version1.0", "file-mail"),  # [MS-OXMSG] 2.4; first, for a mail may hold any of the others
    ("DRMEncryptedTransform", "file-sensitivity-label"),  # [MS-OFFCRYPTO] 2.2.6
    ("DRMEncryptedDataSpace", "file-sensitivity-label"),
    ("\x09DRMContent", "file-sensitivity-label"),  # [MS-OFFCRYPTO] 2.2.10: of .doc and .xls
    ("\x09DRMViewerContent", "file-sensitivity-label"),
    ("EncryptedPackage", "file-encrypted"),  # [MS-OFFCRYPTO] 2.3.2: standard and agile alike
    ("EncryptionInfo", "file-encrypted"),
    ("WordDocument", "file-old-office"),  # [MS-DOC] 2.1.1
    ("Workbook", "file-old-excel"),  # [MS-XLS] 2.1.2
    ("Book", "file-old-excel"),  # Excel 5 and 95
)


def compound_kind(data: bytes) -> str:
    """The code of the problem that says what a compound file is; "" for one that is none of Office's."""
    import olefile  # not before it is needed: few files are

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            names = {name.casefold() for path in ole.listdir(streams=True, storages=True) for name in path}
    except (OSError, ValueError, LookupError, TypeError, AttributeError, OverflowError, RecursionError, struct.error):
        return "file-damaged"
    return next((code for name, code in _SIGNS if name.casefold() in names), "")
