"""Signs a PDF as a person's own software does: python sign.py KEY.pem CERTIFICATE.pem ISSUER.pem IN.pdf OUT.pdf [lock]"""
import sys

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter

key, certificate, issuer, source, target = sys.argv[1:6]
lock = sys.argv[6:] == ["lock"]
signer = signers.SimpleSigner.load(key, certificate, ca_chain_files=(issuer,), key_passphrase=None)
metadata = signers.PdfSignatureMetadata(
    field_name="Potpis",
    subfilter=SigSeedSubFilter.PADES,
    certify=lock,
    docmdp_permissions=MDPPerm.NO_CHANGES if lock else MDPPerm.FILL_FORMS,
)
with open(source, "rb") as read, open(target, "wb") as write:
    signers.sign_pdf(IncrementalPdfFileWriter(read), metadata, signer=signer, output=write)
