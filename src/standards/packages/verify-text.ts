/**
 * `documentation/VERIFY.txt`: how a stranger checks the package with tools every computer has. The same text in every
 * package, so that it is no fact about one record. The program in it is run by the tests as it stands.
 */
export const verifyText = `HOW TO CHECK THIS PACKAGE
METS.xml lists every file with its size and SHA-512 digest; representations/*/METS.xml lists the documents.
metadata/preservation/premis.xml (PREMIS 3): what happened to them, and their exact original names.
metadata/other/record.json: the sealed metadata, with SHA-256 and SHA-512 of the documents.

1. One file: sha512sum FILE, and compare with CHECKSUM in METS.xml. All files: Python 3, in this package's folder:

import hashlib,urllib.parse,xml.etree.ElementTree as E
H="{http://www.w3.org/1999/xlink}href"
def check(d):
    for e in E.parse(d+"METS.xml").iter():
        if e.get("CHECKSUM"):
            p=d+urllib.parse.unquote(e.get(H) or e[0].get(H))
            h=hashlib.sha512(open(p,"rb").read()).hexdigest()
            print("OK " if h==e.get("CHECKSUM") else "BAD",p)
            if d=="" and p.startswith("representations/"): check(p[:-8])
check("")

2. Confirmation of the metadata, if record.json.p7s is there (ROOTS.pem: root certificates you trust):
openssl cms -verify -binary -inform DER -in metadata/other/record.json.p7s -content metadata/other/record.json -CAfile ROOTS.pem -purpose any -out /dev/null
3. A detached signature X.p7s of a document X: the same command with those two files.
Digests prove that nothing changed since packaging; signatures and evidence records prove who signed, and when.

KAKO SE PROVERAVA PAKET
METS.xml navodi svaku datoteku i njen SHA-512 sažetak: uporedite ga sa ispisom naredbe sha512sum ili pokrenite gornji
program. Potpisi se proveravaju gornjom naredbom openssl. Istorija je u premis.xml, zapečaćeni metapodaci u record.json.
Провера: упоредите сажетке из METS.xml са исписом sha512sum; потписе проверава наредба openssl.
`;
