/* SPDX-License-Identifier: MIT */
#include "host/net/xml.h"

#include <expat.h>
#include <string.h>

/* One element that is open; its own name is in the path, but the root's. */
struct level {
    bool has_children;
    size_t elements; /* of a list, so far */
};

struct xml {
    XML_Parser parser;
    struct net_flat *flat;
    struct level level[NET_FLAT_DEPTH_MAX + 1];
    size_t depth;           /* 0 outside of the root */
    struct fob_secret text; /* of the innermost element */
};

static void note_fault(struct xml *xml, const char *fault)
{
    net_flat_fail(xml->flat, fault);
    XML_StopParser(xml->parser, XML_FALSE);
}

/* Expat gives "NAMESPACE NAME" for a name in a namespace. */
static const char *local_name(const char *name)
{
    const char *space = strrchr(name, ' ');

    return space != NULL ? space + 1 : name;
}

static void enter_element(struct xml *xml, const char *name)
{
    struct level *parent = &xml->level[xml->depth];

    parent->has_children = true;
    if (xml->depth == 0)
        return;
    if (strcmp(name, "member") == 0 || strcmp(name, "entry") == 0)
        net_flat_enter_element(xml->flat, name, parent->elements++);
    else
        net_flat_enter(xml->flat, name);
}

static void XMLCALL on_start(void *data, const XML_Char *name,
                             const XML_Char **attributes)
{
    struct xml *xml = data;

    (void)attributes;
    enter_element(xml, local_name(name));
    if (xml->flat->fault != NULL) {
        XML_StopParser(xml->parser, XML_FALSE);
        return;
    }
    xml->level[++xml->depth] = (struct level){false, 0};
    xml->text.len = 0;
}

static void XMLCALL on_end(void *data, const XML_Char *name)
{
    struct xml *xml = data;
    const char *text = xml->text.data != NULL ? (char *)xml->text.data : "";

    (void)name;
    if (!xml->level[xml->depth].has_children)
        net_flat_put(xml->flat, text, xml->text.len);
    xml->text.len = 0;
    net_flat_leave(xml->flat);
    xml->depth--;
    if (xml->flat->fault != NULL)
        XML_StopParser(xml->parser, XML_FALSE);
}

static void XMLCALL on_text(void *data, const XML_Char *text, int len)
{
    struct xml *xml = data;

    if (xml->level[xml->depth].has_children)
        return;
    if (fob_secret_append(&xml->text, text, (size_t)len) != FOB_OK)
        note_fault(xml, "out of memory");
}

/* Without a document type there are no entities to declare or to load. */
static void XMLCALL on_doctype(void *data, const XML_Char *name,
                               const XML_Char *system, const XML_Char *public,
                               int has_internal_subset)
{
    (void)name, (void)system, (void)public, (void)has_internal_subset;
    note_fault(data, "it declares a document type");
}

static void parse_text(struct xml *xml, const void *data, size_t len)
{
    XML_SetUserData(xml->parser, xml);
    XML_SetElementHandler(xml->parser, on_start, on_end);
    XML_SetCharacterDataHandler(xml->parser, on_text);
    XML_SetStartDoctypeDeclHandler(xml->parser, on_doctype);
    if (XML_Parse(xml->parser, data, (int)len, XML_TRUE) != XML_STATUS_OK)
        net_flat_fail(xml->flat,
                      XML_ErrorString(XML_GetErrorCode(xml->parser)));
}

void net_xml_flatten(struct net_flat *flat, const void *data, size_t len)
{
    struct xml xml = {.flat = flat};

    xml.parser = XML_ParserCreateNS(NULL, ' ');
    if (xml.parser == NULL || len > INT32_MAX)
        net_flat_fail(flat, "out of memory");
    else
        parse_text(&xml, data, len);
    fob_secret_free(&xml.text);
    XML_ParserFree(xml.parser);
}
