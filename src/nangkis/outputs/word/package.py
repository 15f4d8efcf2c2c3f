"""The parts of a Word file and how they hang together."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from types import MappingProxyType

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import CONTENT_TYPES_URI, PACKAGE_URI, PackURI
from docx.opc.part import Part
from docx.opc.parts.coreprops import CorePropertiesPart
from docx.opc.spec import default_content_types
from docx.package import Package
from lxml import etree

from nangkis.content.catalogue import Language
from nangkis.outputs import tokens
from nangkis.outputs.word.house_edges import IMAGE_TYPES, Image
from nangkis.outputs.word.manifest import NAMESPACE, wrapped
from nangkis.outputs.word.styles import LANGUAGE_TAGS
from nangkis.outputs.word.theme import theme
from nangkis.outputs.word.xml import Waiting, document_root, element, serialised
from nangkis.outputs.xml_tree import Element


# The same bytes for the same content: an approval binds to them. 1980 is the first day that zip can write.
_MOMENT_IN_ZIP = (1980, 1, 1, 0, 0, 0)
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_DATASTORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_DATASTORE_ID = "{6E616E67-6B69-4D61-8E69-666573743031}"


class _MainPart(Part):
    """The part with the text, which is known only when all others are there."""

    text: Element
    waiting: Waiting

    @property
    def blob(self) -> bytes:
        return self.waiting.serialised(self.text)


def font_table() -> Element:
    """Return the root of ``fontTable.xml``: which font stands in where ours is not installed."""
    font = element(
        "font",
        element("altName", val=tokens.WORD_FONT_ELSEWHERE),
        element("family", val="swiss"),
        element("pitch", val="variable"),
        name=tokens.WORD_FONT,
    )
    return element("fonts", font)


@dataclass(frozen=True)
class Look:
    """What decides the look besides the styles: theme, table of fonts, and whether even pages have their own edges."""

    theme: Element = field(default_factory=theme)
    fonts: Element = field(default_factory=font_table)
    even_differ: bool = False


@dataclass
class WordPackage:
    """A Word file in the making. Parts are added first; ``content`` closes it."""

    package: Package = field(default_factory=Package)
    main: _MainPart = field(init=False)
    _images: dict[str, Part] = field(default_factory=dict)  # pictures of a region's letterhead by their old names

    def __post_init__(self) -> None:
        name = PackURI("/word/document.xml")
        self.main = _MainPart(name, CONTENT_TYPE.WML_DOCUMENT_MAIN, package=self.package)
        self.package.relate_to(self.main, RELATIONSHIP_TYPE.OFFICE_DOCUMENT)

    def add(self, name: str, root: Element, *, kind: str, content_type: str) -> str:
        """Add a part of the document and return the id of its relation."""
        part = Part(PackURI(name), content_type, serialised(root), self.package)
        return self.main.relate_to(part, kind)

    def add_styles(self, styles: Element, numbering: Element, language: Language, look: Look) -> None:
        """Add what decides the look of the text."""
        kind, content = RELATIONSHIP_TYPE, CONTENT_TYPE
        self.add("/word/styles.xml", styles, kind=kind.STYLES, content_type=content.WML_STYLES)
        self.add("/word/numbering.xml", numbering, kind=kind.NUMBERING, content_type=content.WML_NUMBERING)
        self.add(
            "/word/settings.xml",
            settings(language, even_differ=look.even_differ),
            kind=kind.SETTINGS,
            content_type=content.WML_SETTINGS,
        )
        self.add("/word/theme/theme1.xml", look.theme, kind=kind.THEME, content_type=content.OFC_THEME)
        self.add("/word/fontTable.xml", look.fonts, kind=kind.FONT_TABLE, content_type=content.WML_FONT_TABLE)

    def add_header(self, root: Element, images: Mapping[str, Image] = MappingProxyType({})) -> str:
        """Add what stands above pages, with its pictures by the ids of their relations."""
        name = self.package.next_partname("/word/header%d.xml")
        return self._add_edge(Part(name, CONTENT_TYPE.WML_HEADER, serialised(root)), RELATIONSHIP_TYPE.HEADER, images)

    def add_footer(self, root: Element, images: Mapping[str, Image] = MappingProxyType({})) -> str:
        """Add what stands below pages, with its pictures by the ids of their relations."""
        name = self.package.next_partname("/word/footer%d.xml")
        return self._add_edge(Part(name, CONTENT_TYPE.WML_FOOTER, serialised(root)), RELATIONSHIP_TYPE.FOOTER, images)

    def _add_edge(self, part: Part, kind: str, images: Mapping[str, Image]) -> str:
        relation = self.main.relate_to(part, kind)
        for name, image in images.items():
            if image.name not in self._images:
                part_name = self.package.next_partname(f"/word/media/image%d.{image.ending}")
                self._images[image.name] = Part(part_name, IMAGE_TYPES[image.ending], image.content, self.package)
            part.load_rel(RELATIONSHIP_TYPE.IMAGE, self._images[image.name], name)
        return relation

    def add_image(self, png: bytes) -> str:
        """Add a picture."""
        name = self.package.next_partname("/word/media/image%d.png")
        return self.main.relate_to(Part(name, CONTENT_TYPE.PNG, png, self.package), RELATIONSHIP_TYPE.IMAGE)

    def add_manifest(self, manifest: bytes) -> None:
        """Add the manifest with the properties without which LibreOffice drops it."""
        name = self.package.next_partname("/customXml/item%d.xml")
        part = Part(name, "application/xml", serialised(wrapped(manifest)), self.package)
        self.main.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_XML)
        properties_name = PackURI(name.replace("/item", "/itemProps"))
        kind = CONTENT_TYPE.OFC_CUSTOM_XML_PROPERTIES
        properties = Part(properties_name, kind, serialised(_datastore_item()), self.package)
        part.relate_to(properties, RELATIONSHIP_TYPE.CUSTOM_XML_PROPS)

    def content(self, body: Element, waiting: Waiting, *, title: str, language: Language, as_of: date) -> bytes:
        """Return the finished file."""
        self.main.text, self.main.waiting = document_root(body), waiting
        self.package.relate_to(
            _core_properties(self.package, title, language, as_of), RELATIONSHIP_TYPE.CORE_PROPERTIES
        )
        return _packed(self.package)


def settings(language: Language, *, even_differ: bool) -> Element:
    """Return the root of ``settings.xml``: no old-format mode, and nothing that asks a question on opening."""
    mode = element("compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word", val="15")
    return element(
        "settings",
        element("zoom", percent=100),
        element("defaultTabStop", val=720),
        *((element("evenAndOddHeaders"),) if even_differ else ()),
        element("characterSpacingControl", val="doNotCompress"),
        element("compat", mode),
        element("themeFontLang", val=LANGUAGE_TAGS[language]),
    )


def _datastore_item() -> Element:
    root = etree.Element(f"{{{_DATASTORE}}}datastoreItem", nsmap={"ds": _DATASTORE})
    root.set(f"{{{_DATASTORE}}}itemID", _DATASTORE_ID)
    references = etree.SubElement(root, f"{{{_DATASTORE}}}schemaRefs")
    etree.SubElement(references, f"{{{_DATASTORE}}}schemaRef").set(f"{{{_DATASTORE}}}uri", NAMESPACE)
    return root


def _core_properties(package: Package, title: str, language: Language, as_of: date) -> CorePropertiesPart:
    part: CorePropertiesPart = CorePropertiesPart.default(package)
    properties = part.core_properties
    moment = datetime.combine(as_of, time(), tzinfo=UTC)
    properties.title = title[:255]
    properties.author = properties.last_modified_by = "Nangkis"
    properties.language = LANGUAGE_TAGS[language]
    properties.created = properties.modified = moment
    return part


def _packed(package: Package) -> bytes:
    """Pack all parts once, without the moment: python-docx's own way writes it, and its zip would be packed anew."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in _entries(package):
            entry = zipfile.ZipInfo(name, _MOMENT_IN_ZIP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return stream.getvalue()


def _entries(package: Package) -> Iterator[tuple[str, bytes]]:
    yield CONTENT_TYPES_URI.membername, serialised(_content_types(package.parts))
    yield PACKAGE_URI.rels_uri.membername, package.rels.xml
    for part in package.parts:
        yield part.partname.membername, part.blob
        if part.rels:
            yield part.partname.rels_uri.membername, part.rels.xml


def _content_types(parts: Iterable[Part]) -> Element:
    """Return the root of the list of types: by ending for what always has one type, else by part."""
    endings = {"rels": CONTENT_TYPE.OPC_RELATIONSHIPS, "xml": CONTENT_TYPE.XML}
    named = {}
    for part in parts:
        ending, kind = part.partname.ext.lower(), part.content_type
        if (ending, kind) in default_content_types:
            endings[ending] = kind
        else:
            named[str(part.partname)] = kind
    root = etree.fromstring(f'<Types xmlns="{_TYPES}"/>')
    for ending, kind in sorted(endings.items()):
        etree.SubElement(root, f"{{{_TYPES}}}Default", Extension=ending, ContentType=kind)
    for name, kind in sorted(named.items()):
        etree.SubElement(root, f"{{{_TYPES}}}Override", PartName=name, ContentType=kind)
    return root
