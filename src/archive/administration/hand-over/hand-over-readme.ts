/** What whoever opens the package of a hand-over reads first. The same text in every package. */
export const handOverReadme = `ПРЕДАЈА АРХИВСКЕ ГРАЂЕ
representations/registers/data: архивска књига, деловодник, листа категорија, подаци о ствараоцу и попис за године које се предају.
representations/БРОЈ/data: по један документ. У фасцикли urn+uuid+… је његов архивски пакет (E-ARK AIP) онако како је чуван; оригинали
су у њеној фасцикли representations/original/data. У фасцикли urn+uuid+….with су историја, докази о постојању (RFC 4998), изјава о
статусу и извештај о интегритету. Како се све то проверава, пише у documentation/VERIFY.txt сваког пакета.
Шта је предато, одређује METS.xml: наводи сваку датотеку и њен SHA-512 сажетак. Његов сажетак стоји у записнику о предаји.

HAND-OVER OF ARCHIVAL MATERIAL
representations/registers/data: the archive book, the register of acts, the list of categories, the creator and the inventory for the
years handed over. representations/NUMBER/data: one record each. The folder urn+uuid+… is its package (E-ARK AIP) as it was kept; the
originals are in representations/original/data there. Beside it, in urn+uuid+….with: history, proofs of existence (RFC 4998), the
statement of status and the integrity report. How to check it is said in documentation/VERIFY.txt of each package.
METS.xml lists every file with its SHA-512 digest; the digest of METS.xml stands in the minutes of the hand-over.
`;
