"""Reads the tar of a kernel's source from standard input, once: unpack.py SOURCE PARAMETERS NAMES

SOURCE gets what Kconfig needs. PARAMETERS gets, as JSON, every parameter of the command line that the source
handles or documents: name -> where. NAMES gets the name and the file of every symbol of every architecture."""
import json
import os
import re
import sys
import tarfile

source, parameters_file, names_file = sys.argv[1:]
WANTED = re.compile(
    r"(.*/)?(Kconfig[^/]*|Makefile|Kbuild)$|(.*/)?scripts/.*|arch/x86/configs/.*|kernel/configs/.*"
    r"|include/config/.*|Documentation/admin-guide/kernel-parameters\.txt$"
)
SYMBOL = re.compile(r"^\s*(?:menu)?config\s+([A-Za-z0-9_]+)", re.M)
EARLY = re.compile(r"\b(?:__setup|early_param|__setup_param|core_param(?:_cb)?|kernel_param_cb)\s*\(\s*\"?([\w.\-=]+)\"?")
MODULE = re.compile(
    r"\b(?:\w*module_param\w*|i915_param_named\w*|xe_param_named\w*|modparam|postcore_param_cb|device_param_cb"
    r"|arch_param_cb|fs_param_cb|late_param_cb|subsys_param_cb)\s*\(\s*\"?(\w+)"
)
PREFIX = re.compile(r'^#\s*define\s+MODULE_PARAM_PREFIX\s+(""|"([\w.\-]+)")', re.M)
COMPOSITE = re.compile(r"^([\w\-]+)-(?:y|objs|m|\$\([^)]*\))\s*[:+]?=\s*(.*)$", re.M)

early, module_files, composites = {}, [], {}


def note(table, name, where):
    table.setdefault(name.replace("-", "_"), where)


def read_source(path, text):
    for name in EARLY.findall(text):
        note(early, name.split("=")[0] if name.endswith("=") else name, path)
    names = [name for name in MODULE.findall(text) if name not in ("name", "value")]
    if names:
        prefix = PREFIX.search(text)
        module_files.append((path, prefix.group(2) or "" if prefix else None, names))


def read_makefile(path, text):
    """Which module an object is linked into."""
    parts = composites.setdefault(os.path.dirname(path), {})
    for module, objects in COMPOSITE.findall(text.replace("\\\n", " ")):
        if module != "obj":
            for name in re.findall(r"([\w\-]+)\.o\b", objects):
                parts.setdefault(name, module)


def module_of(path):
    folder, file = os.path.split(path)
    name, seen = os.path.splitext(file)[0], set()
    parts = composites.get(folder, {})
    while name in parts and name not in seen:
        seen.add(name)
        name = parts[name]
    return name.replace("-", "_")


def read_documentation(text):
    """Each entry begins at one tab; the legend's words are in capitals."""
    found = {}
    for word in re.findall(r"^\t([a-z0-9][\w.\-]*)(?:=|\s|$)", text, re.M):
        note(found, word, "Documentation/admin-guide/kernel-parameters.txt")
    return found


documented, symbols = {}, []
with tarfile.open(fileobj=sys.stdin.buffer, mode="r|") as tar:
    for entry in tar:
        path = entry.name.partition("/")[2]
        if not path or entry.isdir() or path.startswith("/") or ".." in path.split("/"):
            continue
        wanted = WANTED.match(path)
        is_code = path.endswith((".c", ".h")) and not path.startswith(("tools/", "samples/", "Documentation/"))
        # Of other machines, only the names of symbols are wanted.
        is_code = is_code and not (path.startswith("arch/") and not path.startswith("arch/x86/"))
        if entry.issym():
            if wanted:
                os.makedirs(os.path.dirname(os.path.join(source, path)), exist_ok=True)
                os.symlink(entry.linkname, os.path.join(source, path))
            continue
        if not entry.isfile() or not (wanted or is_code):
            continue
        content = tar.extractfile(entry).read()
        if is_code and (b"_param" in content or b"__setup" in content):
            read_source(path, content.decode("utf-8", "replace"))
        if not wanted:
            continue
        to = os.path.join(source, path)
        os.makedirs(os.path.dirname(to), exist_ok=True)
        with open(to, "wb") as file:
            file.write(content)
        os.chmod(to, entry.mode & 0o755)
        os.utime(to, (entry.mtime, entry.mtime))
        name = os.path.basename(path)
        if name.startswith("Kconfig") and not path.startswith("scripts/kconfig/tests"):
            symbols += [(symbol, path) for symbol in SYMBOL.findall(content.decode("utf-8", "replace"))]
        elif name in ("Makefile", "Kbuild"):
            read_makefile(path, content.decode("utf-8", "replace"))
        elif name == "kernel-parameters.txt":
            documented = read_documentation(content.decode("utf-8", "replace"))

modules = {}
for path, prefix, names in module_files:
    # A prefix that is empty makes parameters of the kernel itself.
    start = f"{module_of(path)}." if prefix is None else prefix
    for name in names:
        note(modules, start + name, path)
with open(parameters_file, "w") as file:
    json.dump({"early": early, "modules": modules, "documented": documented}, file, indent=0, sort_keys=True)
with open(names_file, "w") as file:
    file.writelines(f"{name} {path}\n" for name, path in sorted(set(symbols)))
