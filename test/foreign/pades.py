"""Prints what pyHanko says of every signature in the PDFs named, as JSON: python pades.py ROOT.pem FILE..."""
import json
import logging
import sys

from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

logging.disable(logging.CRITICAL)
root, files = load_cert_from_pemder(sys.argv[1]), sys.argv[2:]
said = {}
for name in files:
    with open(name, "rb") as file:
        said[name] = []
        for signature in PdfFileReader(file, strict=True).embedded_signatures:
            context = ValidationContext(trust_roots=[root], allow_fetching=False, revocation_mode="soft-fail")
            status = validate_pdf_signature(signature, context, ts_validation_context=context)
            stamp = status.timestamp_validity
            said[name].append({
                "intact": status.intact,
                "valid": status.valid,
                "trusted": status.trusted,
                "bottomLine": status.bottom_line,
                "coverage": status.coverage.name,
                "timestamp": None if stamp is None else bool(stamp.valid and stamp.trusted),
            })
print(json.dumps(said))
