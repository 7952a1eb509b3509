"""eark-validator as a library. It fetches four vocabularies when imported; it is handed the copies in its own package."""
import urllib.request
from importlib.util import find_spec
from pathlib import Path

_vocabularies = Path(find_spec('eark_validator').origin).parent / 'ipxml' / 'resources' / 'vocabs'
_urlopen = urllib.request.urlopen
urllib.request.urlopen = lambda url, *_, **__: open(_vocabularies / str(url).rsplit('/', 1)[1], 'rb')
try:
    from eark_validator.packages import PackageValidator
    from eark_validator.specifications.specification import SpecificationVersion
finally:
    urllib.request.urlopen = _urlopen


def check(aip):
    """Its findings, by the newest version it knows (2.1.0): structure, XML schema, Schematron rules."""
    report = PackageValidator(aip, SpecificationVersion.V2_1_0).validation_report.model_dump(mode='json')
    findings = [_finding(message) for message in report['structure']['messages']]
    metadata = report['metadata']
    if metadata is None:
        return 'eark-validator', findings + [('METADATA', 'error', 'the METS document was not validated')]
    if metadata['schema_results']['status'] != 'VALID':
        findings.append(('SCHEMA', 'error', str(metadata['schema_results']['messages'])))
    findings += [_finding(message) for message in metadata['schematron_results']['messages']]
    return 'eark-validator', findings


def _finding(message):
    level = {'Error': 'error', 'Critical': 'error', 'Warn': 'warning'}.get(str(message['severity']), 'information')
    return message['rule_id'], level, message['message']
