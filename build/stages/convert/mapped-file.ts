/** Python: all bytes of an open file as the page cache has them; parts of them are no copies. */
export const mappedFile = `
import hashlib, mmap, os, sys
def mapped(file):
    return memoryview(mmap.mmap(file, 0, prot=mmap.PROT_READ))
`;

/** Python that prints the SHA-256 of the file that it is given. */
export const hashMapped = `${mappedFile}
content, sha256 = mapped(os.open(sys.argv[1], os.O_RDONLY)), hashlib.sha256()
for at in range(0, len(content), 1 << 22): sha256.update(content[at:at + (1 << 22)])
print(sha256.hexdigest())
`;
