"""Validates the signatures of PDFs with nothing but what is in them, by pyHanko: LT now, with the document security store,
revocation data required; LTA by the validation with archival data of EN 319 102-1.
python pades-ltv.py ROOT.pem LT|LTA FILE... Prints JSON: the conclusion on each signature of each file."""
import asyncio
import json
import logging
import sys

from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESPassed
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.ades import ades_lta_validation
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.policy_decl import (
    PdfSignatureValidationSpec,
    RevocationInfoGatheringSpec,
    RevinfoOnlineFetchingRule,
    SignatureValidationSpec,
)
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.policy_decl import REQUIRE_REVINFO, CertRevTrustPolicy
from pyhanko_certvalidator.registry import SimpleTrustManager

logging.disable(logging.CRITICAL)
root, level, files = load_cert_from_pemder(sys.argv[1]), sys.argv[2], sys.argv[3:]
specification = PdfSignatureValidationSpec(
    SignatureValidationSpec(
        cert_validation_policy=CertValidationPolicySpec(
            SimpleTrustManager.build([root]), CertRevTrustPolicy(REQUIRE_REVINFO)
        ),
        revinfo_gathering_policy=RevocationInfoGatheringSpec(RevinfoOnlineFetchingRule.LOCAL_ONLY),
    )
)


def now(reader, signature):
    settings = {"trust_roots": [root], "allow_fetching": False, "revocation_mode": "require"}
    context = DocumentSecurityStore.read_dss(reader).as_validation_context(settings)
    status = validate_pdf_signature(signature, context, ts_validation_context=context)
    return "PASSED" if status.bottom_line and status.timestamp_validity.trusted else status.summary()


def with_archival_data(_, signature):
    conclusion = asyncio.run(ades_lta_validation(signature, specification)).ades_subindic
    return "PASSED" if conclusion == AdESPassed.OK else str(conclusion)


judge = {"LT": now, "LTA": with_archival_data}[level]
said = {}
for name in files:
    with open(name, "rb") as file:
        reader = PdfFileReader(file, strict=True)
        said[name] = [judge(reader, signature) for signature in reader.embedded_regular_signatures]
print(json.dumps(said))
