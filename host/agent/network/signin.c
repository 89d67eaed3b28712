/* SPDX-License-Identifier: MIT */
#include "host/agent/network/signin.h"

#include "host/agent/profile/profile_place.h"
#include "host/aws/partition/partition.h"
#include "host/aws/url.h"
#include "host/base/text.h"
#include "src/percent.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* The partition is the role's or the device's, else the region's. */
static const struct fob_partition *find_partition(const struct profile *profile)
{
    const struct fob_partition *partition =
        profile_place_witness(profile).partition;

    return partition != NULL ? partition
                             : fob_partition_of_region(profile_region(profile));
}

/* A host of the partition, in the profile's region where it is one for each. */
static enum fob_status make_url(const struct fob_partition *partition,
                                const struct profile *profile, const char *host,
                                char *url, size_t cap)
{
    const char *star = strchr(host, '*');
    const char *region = profile_region(profile);

    if (star == NULL)
        return fob_text_format(url, cap, "https://%s", host);
    return fob_text_format(url, cap, "https://%.*s%s%s", (int)(star - host),
                           host, region[0] != '\0' ? region : partition->region,
                           star + 1);
}

/* Nothing, a path of the console, or an https URL. */
static enum fob_status set_destination(const struct profile *profile,
                                       const struct fob_partition *partition,
                                       const char *wanted,
                                       struct signin *signin,
                                       struct fob_error *error)
{
    const char *console = partition == NULL ? NULL : partition->console;
    const char *path = wanted[0] == '\0' ? "console/home" : wanted;
    const char *region = profile_region(profile);
    bool is_url = strstr(wanted, "://") != NULL;
    bool has_region = region[0] != '\0' && strpbrk(path, "?#") == NULL;
    size_t cap = sizeof(signin->destination);
    enum fob_status status;

    if (is_url && strncmp(wanted, "https://", 8) != 0)
        return fob_error_set(error, FOB_E_USAGE,
                             "the destination must be an https URL, or a path "
                             "of the console");
    if (!is_url && console == NULL)
        return fob_error_set(error, FOB_E_UNSUPPORTED,
                             "where the console of the profile's partition is "
                             "is not public: give its https URL with "
                             "--destination");
    if (is_url)
        status = fob_text_copy(signin->destination, cap, wanted);
    else if (has_region || wanted[0] != '\0')
        status = fob_text_format(signin->destination, cap, "https://%s/%s%s%s",
                                 console, path + strspn(path, "/"),
                                 has_region ? "?region=" : "",
                                 has_region ? region : "");
    else
        status =
            fob_text_format(signin->destination, cap, "https://%s/", console);
    if (status != FOB_OK)
        return fob_error_set(error, FOB_E_USAGE, "the destination is too long");
    return FOB_OK;
}

/* A URL for all services is meant for calls that are signed.  Sign-in is sent
 * the session itself: only what names it moves it, or, for whoever plays AWS on
 * this machine, a URL of this machine. */
static enum fob_status find_override(const struct profile *profile,
                                     struct profile_url *url,
                                     struct fob_error *error)
{
    struct fob_url parts;
    enum fob_status status =
        profile_place_url(profile, "signin", true, url, error);

    if (status != FOB_OK || url->setting.value != NULL)
        return status;
    status = profile_place_url(profile, "signin", false, url, error);
    if (status == FOB_OK && url->setting.value != NULL &&
        (fob_url_parse(url->setting.value, &parts) != FOB_OK ||
         !parts.loopback))
        *url = (struct profile_url){0};
    return status;
}

/* A demand that is not met is not passed over. */
static enum fob_status refuse_variant(const struct profile *profile,
                                      unsigned variant, struct fob_error *error)
{
    bool is_fips = (variant & FOB_VARIANT_FIPS) != 0;

    fob_error_set(error, FOB_E_UNSUPPORTED,
                  "%s endpoints are asked for, and the console's sign-in "
                  "service of the partition of %s has none that is public",
                  is_fips ? "FIPS" : "dual-stack", profile->name);
    fob_error_advise(error, is_fips ? "give one in AWS_ENDPOINT_URL_SIGNIN, or "
                                      "set AWS_USE_FIPS_ENDPOINT=false"
                                    : "give one in AWS_ENDPOINT_URL_SIGNIN, or "
                                      "set AWS_USE_DUALSTACK_ENDPOINT=false");
    return FOB_E_UNSUPPORTED;
}

static enum fob_status find_own(const struct profile *profile,
                                const struct fob_partition *partition,
                                char url[static FOB_ENDPOINT_URL_MAX + 1],
                                struct fob_error *error)
{
    const char *host = partition == NULL ? NULL : partition->signin;
    unsigned variant;
    enum fob_status status = profile_place_variant(profile, &variant, error);

    if (status != FOB_OK)
        return status;
    if (variant == FOB_VARIANT_FIPS && partition != NULL)
        host = partition->signin_fips;
    if (variant > FOB_VARIANT_FIPS ||
        (variant == FOB_VARIANT_FIPS && host == NULL))
        return refuse_variant(profile, variant, error);
    if (host != NULL)
        return make_url(partition, profile, host, url,
                        FOB_ENDPOINT_URL_MAX + 1);
    fob_error_set(error, FOB_E_UNSUPPORTED,
                  "where the console's sign-in service of region %s is is not "
                  "known",
                  profile_region(profile));
    fob_error_advise(error, "give it in AWS_ENDPOINT_URL_SIGNIN");
    return FOB_E_UNSUPPORTED;
}

enum fob_status signin_find(const struct profile *profile, const char *wanted,
                            struct signin *signin, struct fob_error *error)
{
    const struct fob_partition *partition = find_partition(profile);
    char own[FOB_ENDPOINT_URL_MAX + 1];
    struct profile_url override;
    struct fob_url parts;
    const char *url;
    enum fob_status status = find_override(profile, &override, error);

    if (status == FOB_OK && override.setting.value == NULL)
        status = find_own(profile, partition, own, error);
    if (status != FOB_OK)
        return status;
    url = override.setting.value != NULL ? override.setting.value : own;
    if (fob_url_parse(url, &parts) != FOB_OK || parts.query[0] != '\0' ||
        fob_text_format(signin->base, sizeof(signin->base), "%.*s/federation",
                        (int)(strlen(url) - (url[strlen(url) - 1] == '/')),
                        url) != FOB_OK)
        return fob_error_set(error, FOB_E_USAGE,
                             "the endpoint set for the sign-in service is no "
                             "URL that fob calls: https, or http to this "
                             "machine");
    return set_destination(profile, partition, wanted, signin, error);
}

static enum fob_status start_url(struct fob_secret *url,
                                 struct fob_writer *writer,
                                 struct fob_error *error)
{
    if (fob_secret_alloc(url, FOB_URL_MAX) != FOB_OK)
        return fob_error_no_memory(error);
    fob_writer_init(writer, url->data, FOB_URL_MAX);
    return FOB_OK;
}

static enum fob_status end_url(struct fob_secret *url,
                               const struct fob_writer *writer,
                               struct fob_error *error)
{
    url->len = writer->len;
    if (writer->status == FOB_OK)
        return FOB_OK;
    fob_secret_free(url);
    return fob_error_set(error, FOB_E_FAILED, "the sign-in URL is too long");
}

/* One member of the JSON; what AWS makes these of needs no escape there. */
static enum fob_status put_member(struct fob_writer *writer, const char *name,
                                  const char *value)
{
    if (strpbrk(value, "\"\\") != NULL)
        return FOB_E_SYNTAX;
    fob_put_text(writer, "\"");
    fob_put_text(writer, name);
    fob_put_text(writer, "\":\"");
    fob_put_text(writer, value);
    fob_put_text(writer, "\"");
    return FOB_OK;
}

static enum fob_status put_members(struct fob_writer *writer,
                                   const struct fob_sigv4_key *key)
{
    enum fob_status status;

    fob_put_text(writer, "{");
    status = put_member(writer, "sessionId", key->access_key_id);
    fob_put_text(writer, ",");
    if (status == FOB_OK)
        status = put_member(writer, "sessionKey", (const char *)key->secret);
    fob_put_text(writer, ",");
    if (status == FOB_OK)
        status = put_member(writer, "sessionToken", key->session_token);
    fob_put_text(writer, "}");
    fob_put_u8(writer, '\0');
    return status == FOB_OK ? writer->status : status;
}

static enum fob_status put_session(struct fob_writer *url,
                                   const struct session *session,
                                   struct fob_error *error)
{
    const struct fob_sigv4_key key = session_signing_key(session);
    struct fob_secret json = {0};
    struct fob_writer writer;
    enum fob_status status = start_url(&json, &writer, error);

    if (status != FOB_OK)
        return status;
    status = put_members(&writer, &key);
    if (status != FOB_OK)
        fob_error_set(error, FOB_E_FAILED,
                      "the session cannot be written as JSON");
    else
        fob_percent_put(url, (const char *)json.data, "");
    fob_secret_free(&json);
    return status == FOB_OK ? FOB_OK : FOB_E_FAILED;
}

enum fob_status signin_token_url(const struct signin *signin,
                                 const struct session *session,
                                 uint32_t duration_s, struct fob_secret *url,
                                 struct fob_error *error)
{
    char duration[40] = "";
    struct fob_writer writer;
    enum fob_status status = start_url(url, &writer, error);

    if (status != FOB_OK)
        return status;
    if (duration_s != 0)
        snprintf(duration, sizeof(duration), "&SessionDuration=%" PRIu32,
                 duration_s);
    fob_put_text(&writer, signin->base);
    fob_put_text(&writer, "?Action=getSigninToken");
    fob_put_text(&writer, duration);
    fob_put_text(&writer, "&Session=");
    status = put_session(&writer, session, error);
    if (status == FOB_OK)
        return end_url(url, &writer, error);
    fob_secret_free(url);
    return status;
}

enum fob_status signin_login_url(const struct signin *signin, const char *token,
                                 struct fob_secret *url,
                                 struct fob_error *error)
{
    struct fob_writer writer;
    enum fob_status status = start_url(url, &writer, error);

    if (status != FOB_OK)
        return status;
    fob_put_text(&writer, signin->base);
    fob_put_text(&writer, "?Action=login&Issuer=fob&Destination=");
    fob_percent_put(&writer, signin->destination, "");
    fob_put_text(&writer, "&SigninToken=");
    fob_percent_put(&writer, token, "");
    return end_url(url, &writer, error);
}
