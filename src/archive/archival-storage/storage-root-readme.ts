/** What someone who finds this folder in fifty years reads first. Plain ASCII on purpose. */
export const storageRootReadme = `THIS IS AN ARCHIVE OF SIGNED ELECTRONIC RECORDS. DO NOT EDIT ANYTHING IN IT.
OVO JE ARHIV POTPISANIH ELEKTRONSKIH DOKUMENATA. NE MENJATI NISTA U NJEMU.

It was made by Trajno, and can be read without it.

The folder is a storage root of the Oxford Common File Layout, version 1.1 (https://ocfl.io). Each record is one
OCFL object. Its folder is found from its id: take the SHA-256 of the id in hexadecimal, use its first, second and
third group of three characters as three folders; the fourth folder is the id, percent-encoded. So all records can
also be found by looking for files named "0=ocfl_object_1.1".

In each object, inventory.json lists every version, every file with its SHA-512, and where its bytes lie (v1/content,
v2/content, ...). The latest version of a record is an E-ARK archival information package (AIP): METS.xml lists its
parts, metadata/preservation/premis.xml tells its history (PREMIS 3), representations/original/data holds the
documents exactly as they were received, documentation/VERIFY.txt tells how to check them with common tools.

Objects whose content has a type.json are not records: closed segments of the journal (one JSON entry a line, each with
the SHA-512 of the line before), reports, and representation information (schemas) that the records refer to by digest.

The folder "journal" beside this one holds the journal's newest entries; "staging" holds what is being received;
"set-aside" holds damaged files that were replaced. trajno-store.json tells the format of all this.
`;
