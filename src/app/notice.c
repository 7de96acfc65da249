#include "app/notice.h"

#include "app/ticker.h"
#include "base/log.h"

static xj_str
text(const xj_settings *settings, xj_setting which)
{
    return xj_str_c(xj_settings_str(settings, which));
}

static bool
is_web(xj_str url)
{
    return xj_str_starts(url, XJ_STR("http://")) || xj_str_starts(url, XJ_STR("https://"));
}

static xj_error *
check_address(xj_str url, const char *name)
{
    if (url.len == 0 || is_web(url))
        return NULL;
    return xj_error_new(XJ_E_CONFIG, "the setting \"%s\" is an address http://… or https://…",
                        name);
}

static xj_error *
read_mail(xj_mail_server *mail, const xj_settings *settings)
{
    static const char *const words[] = {"required", "try", "none"};
    const xj_str tls = text(settings, XJ_SET_mail_tls);
    bool known = false;

    *mail = (xj_mail_server){.url = text(settings, XJ_SET_mail_server),
                             .user = text(settings, XJ_SET_mail_user),
                             .password = text(settings, XJ_SET_mail_password),
                             .from = text(settings, XJ_SET_mail_from),
                             .from_name = text(settings, XJ_SET_mail_from_name),
                             .seconds = 20};
    for (int i = 0; i < 3; i++)
        if (xj_str_eq(tls, xj_str_c(words[i]))) {
            mail->tls = (xj_mail_tls)i;
            known = true;
        }
    if (!known)
        return xj_error_new(XJ_E_CONFIG,
                            "the setting \"mail_tls\" is required, try or none, not \"" XJ_FMT "\"",
                            XJ_ARG(tls));
    if (mail->url.len == 0)
        return NULL;
    if (!xj_str_starts(mail->url, XJ_STR("smtp://")) &&
        !xj_str_starts(mail->url, XJ_STR("smtps://")))
        return xj_error_new(XJ_E_CONFIG,
                            "the setting \"mail_server\" is smtp://host or smtps://host");
    if (!xj_mail_address_ok(mail->from))
        return xj_error_new(XJ_E_CONFIG,
                            "with \"mail_server\", the setting \"mail_from\" is the address that "
                            "letters come from");
    return NULL;
}

xj_error *
xj_app_ways(xj_notice_ways *ways, const xj_settings *settings)
{
    *ways = (xj_notice_ways){.sms_url = text(settings, XJ_SET_sms_url),
                             .sms_secret = text(settings, XJ_SET_sms_secret),
                             .hook_url = text(settings, XJ_SET_hook_url),
                             .hook_secret = text(settings, XJ_SET_hook_secret),
                             .site = text(settings, XJ_SET_site)};
    XJ_TRY(read_mail(&ways->mail, settings));
    XJ_TRY(check_address(ways->sms_url, "sms_url"));
    XJ_TRY(check_address(ways->hook_url, "hook_url"));
    XJ_TRY(check_address(ways->site, "site"));
    if (xj_str_ends(ways->site, XJ_STR("/")))
        ways->site = xj_str_sub(ways->site, 0, ways->site.len - 1);
    return NULL;
}

static void
tick(void *arg, const atomic_bool *stop)
{
    xj_pool *pool = xj_pool_root();
    xj_notice_sent sent;
    xj_error *err = xj_notice_send(&sent, arg, 0, xj_now(), stop, pool);

    if (err != NULL)
        xj_log_error("notices could not be sent", err, XJ_STR(""));
    else if (sent.sent + sent.failed + sent.later > 0)
        xj_log(sent.failed + sent.later > 0 ? XJ_LOG_WARN : XJ_LOG_INFO, "notices", "sent",
               xj_str_printf(pool, "%lld", (long long)sent.sent), "failed",
               xj_str_printf(pool, "%lld", (long long)sent.failed), "later",
               xj_str_printf(pool, "%lld", (long long)sent.later), NULL);
    xj_error_clear(err);
    xj_pool_destroy(pool);
}

static void
stop_net(void *arg)
{
    (void)arg;
    xj_net_stop();
}

xj_error *
xj_app_notice_start(xj_store *store, const xj_notice_ways *ways, const xj_settings *settings,
                    xj_pool *pool)
{
    const int every = (int)xj_settings_int(settings, XJ_SET_notice_every);

    xj_net_start();
    xj_pool_on_end(pool, stop_net, NULL);
    if (every == 0)
        return NULL;
    return xj_ticker_start(NULL, every, tick, xj_notice_sender_new(store, ways, pool), pool);
}
