/* SPDX-License-Identifier: MIT */
#include "host/net/xml.h"

#include "tests/lib/exact.h"
#include "tests/lib/tap.h"

/* The pairs as "path=value|path=value", or "!" and the fault. */
static void flatten(const char *xml, size_t len, char *text, size_t cap)
{
    char *exact = exact_copy(xml, len);
    struct fob_exchange_reply reply = {.fault = ""};
    struct fob_exchange_pair pair;
    struct net_flat flat;
    size_t at = 0, used = 0;

    text[0] = '\0';
    if (net_flat_init(&flat) != FOB_OK) {
        free(exact);
        return;
    }
    net_xml_flatten(&flat, exact, len);
    reply.pairs = flat.pairs.data;
    reply.pairs_len = flat.pairs.len;
    if (flat.fault != NULL)
        snprintf(text, cap, "!%s", flat.fault);
    else
        while (fob_exchange_next(&reply, &at, &pair))
            used +=
                (size_t)snprintf(text + used, cap - used, "%s%s=%s",
                                 used > 0 ? "|" : "", pair.path, pair.value);
    net_flat_free(&flat);
    free(exact);
}

static void gives(const char *xml, const char *wanted, const char *what)
{
    char text[1024];

    flatten(xml, strlen(xml), text, sizeof(text));
    if (!tap_ok(strcmp(text, wanted) == 0, "%s", what))
        printf("# %s\n", text);
}

static void refused(const char *xml, const char *what)
{
    char text[1024];

    flatten(xml, strlen(xml), text, sizeof(text));
    if (!tap_ok(text[0] == '!', "refused: %s", what))
        printf("# %s\n", text);
}

static void test_good(void)
{
    gives("<GetSessionTokenResponse "
          "xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">\n"
          "  <GetSessionTokenResult>\n    <Credentials>\n"
          "      <AccessKeyId>ASIA</AccessKeyId>\n"
          "      <SecretAccessKey>a/b+c</SecretAccessKey>\n"
          "    </Credentials>\n  </GetSessionTokenResult>\n"
          "  <ResponseMetadata><RequestId>1-2</RequestId></ResponseMetadata>\n"
          "</GetSessionTokenResponse>\n",
          "GetSessionTokenResult/Credentials/AccessKeyId=ASIA|"
          "GetSessionTokenResult/Credentials/SecretAccessKey=a/b+c|"
          "ResponseMetadata/RequestId=1-2",
          "a reply of STS");
    gives("<E><Error><Code>C</Code><Message>a &amp; &#60;b&gt;</Message>"
          "</Error></E>",
          "Error/Code=C|Error/Message=a & <b>", "an error, entities undone");
    gives("<r><L><member><a>1</a></member><member><a>2</a></member></L>"
          "<M><entry><key>k</key></entry></M></r>",
          "L/member[0]/a=1|L/member[1]/a=2|M/entry[0]/key=k",
          "lists and maps with their index");
    gives("<r><L><member>x</member><L><member>y</member></L>"
          "<member>z</member></L></r>",
          "L/member[0]=x|L/L/member[0]=y|L/member[1]=z",
          "each list counts for itself");
    gives("<r><a/><b></b><c> </c><d><![CDATA[<&>]]></d></r>", "a=|b=|c= |d=<&>",
          "empty, blank and literal values");
    gives("<r>x<a>y<b>z</b>v</a>w</r>", "a/b=z",
          "text beside elements is passed over");
    gives("<r><!-- c --><?p i?><a k='v'>x<!-- c -->y</a></r>", "a=xy",
          "comments, instructions and attributes are passed over");
    gives("<n:r xmlns:n='u'><n:a>1</n:a></n:r>", "a=1",
          "prefixes of namespaces are dropped");
    gives("<?xml version='1.0' encoding='ISO-8859-1'?><r><a>\xe9</a></r>",
          "a=\xc3\xa9", "another encoding becomes UTF-8");
    gives("<r>only</r>", "", "a root without elements gives nothing");
    gives("<r><a>1</a><a>2</a></r>", "a=1|a=2", "a name given twice");
}

static void test_bad(void)
{
    refused("", "nothing at all");
    refused("<r><a>1</a>", "an end that is missing");
    refused("<r><a>1</b></r>", "ends that are crossed");
    refused("<r></r><r></r>", "two roots");
    refused("<r>&undefined;</r>", "an entity that is not declared");
    refused("<!DOCTYPE r><r/>", "a document type");
    refused("<!DOCTYPE r [<!ENTITY a \"x\">]><r>&a;</r>",
            "an entity that is declared");
    refused("<!DOCTYPE r [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>"
            "<r>&a;</r>",
            "an entity of another file");
    refused("<!DOCTYPE r SYSTEM \"http://127.0.0.1/x.dtd\"><r/>",
            "a document type elsewhere");
    refused("<r><a>\xff\xfe</a></r>", "bytes that are no UTF-8");
    refused("<r><\xc3\xa9>1</\xc3\xa9></r>", "a name beyond ASCII");
    refused("<?xml version='1.0' encoding='x-none'?><r/>",
            "an unknown encoding");
    refused("<html><body><p>Sign in<br></body></html>", "HTML");
}

static void test_nul(void)
{
    static const char xml[] = "<r><a>1\0002</a></r>";
    char text[128];

    flatten(xml, sizeof(xml) - 1, text, sizeof(text));
    tap_ok(text[0] == '!', "refused: a NUL");
}

/* <r> and `depth` elements in it. */
static void test_depth(size_t depth, bool good)
{
    char xml[1024], text[1024];
    size_t len = 0;

    len += (size_t)snprintf(xml, sizeof(xml), "<r>");
    for (size_t i = 0; i < depth; i++)
        len += (size_t)snprintf(xml + len, sizeof(xml) - len, "<a>");
    len += (size_t)snprintf(xml + len, sizeof(xml) - len, "x");
    for (size_t i = 0; i < depth; i++)
        len += (size_t)snprintf(xml + len, sizeof(xml) - len, "</a>");
    len += (size_t)snprintf(xml + len, sizeof(xml) - len, "</r>");
    flatten(xml, len, text, sizeof(text));
    tap_ok((text[0] != '!') == good, "%zu levels are %s", depth,
           good ? "taken" : "refused");
}

/* Twice the room, or twice the pairs: a fault and no overflow. */
static void test_size(const char *element, size_t count, const char *what)
{
    size_t len = strlen(element), at = 3;
    char *xml = exact_copy(NULL, count * len + 8);
    char text[128];

    memcpy(xml, "<r>", 3);
    for (size_t i = 0; i < count; i++, at += len)
        memcpy(xml + at, element, len);
    memcpy(xml + at, "</r>", 4);
    flatten(xml, at + 4, text, sizeof(text));
    tap_ok(text[0] == '!', "refused: %s (%s)", what, text);
    free(xml);
}

int main(void)
{
    if (fob_secret_start() != FOB_OK)
        return 1;
    test_good();
    test_bad();
    test_nul();
    test_depth(31, true);
    test_depth(32, false);
    test_size("<a/>", 8193, "8193 values");
    test_size("<a>0123456789012345678901234567890123456789</a>", 6000,
              "more than a reply holds");
    return tap_done();
}
