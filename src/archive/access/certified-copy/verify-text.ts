import type { CopyStatement } from './copy-statement.ts';

/**
 * `VERIFY.txt` of a certified copy: how a stranger checks it with unzip, openssl and a DSS validator. The commands in it are
 * run by the tests as they stand.
 */
export function copyVerifyText({ number, code, verifyAt, evidenceAt, seal, files }: CopyStatement): string {
  const [first] = files;
  return `HOW TO CHECK THIS CERTIFIED COPY ${number}   (code ${code})
${verifyAt ? `On the web: ${verifyAt}` : 'On the web: ask the issuer for its page /verify and type the code.'}
certificate.pdf says what this is; original-* are the originals, bit for bit; copy.json says the same for programs;
reports/ how the signatures of the originals were found (ETSI TS 119 102-2); material/ certificates, CRLs and OCSP responses.

You need the issuer's root certificate as ROOTS.pem, from the issuer itself, not from this file:
${seal.anchorName}, SHA-256 fingerprint ${seal.anchorSha256}
openssl x509 -in ROOTS.pem -noout -fingerprint -sha256

1. Unpack the container, here COPY.asice, into an empty folder:
unzip -q COPY.asice
2. The seal over the list of files (ASiCManifest001.xml) and who made it:
openssl cms -verify -binary -inform DER -in META-INF/signature001.p7s -content META-INF/ASiCManifest001.xml -CAfile ROOTS.pem -purpose any -out /dev/null
3. The digests of that list (base64), each compared with its file, as here:
openssl dgst -sha256 -binary ${first?.name ?? 'copy.json'} | openssl base64
4. META-INF/evidencerecordNNN.ers prove since when the originals exist (RFC 4998). A DSS validator checks them together with
the seal: open COPY.asice in one, with ROOTS.pem trusted. So does: trajno verify COPY.asice --trust ROOTS.pem
Newer evidence: ${evidenceAt ?? 'from the issuer, by the code'}, free; then: trajno verify COPY.asice --evidence FILE
Without the root the result is INDETERMINATE: the copy agrees with itself, but does not tell who issued it.

KAKO SE PROVERAVA OVA KOPIJA
Naredbe gore: raspakujte, proverite pečat naredbom openssl, uporedite sažetke iz ASiCManifest001.xml sa datotekama.
Korenski sertifikat uzmite od izdavaoca i uporedite mu otisak; bez njega ishod je INDETERMINATE.
КАКО СЕ ПРОВЕРАВА: наредбе су горе; коренски сертификат узмите од издаваоца и упоредите му отисак.
`;
}
