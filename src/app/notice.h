/*
 * app/notice.h -- telling people: the settings of the ways, and the thread that sends while the
 * program serves.
 */
#pragma once

#include "app/settings.h"
#include "notice/notice.h"

/* The ways that SETTINGS name; texts are the settings' own.
 * Errors: CONFIG for a mail server without a sender, a word or an address that is none. */
XJ_MUST_USE xj_error *xj_app_ways(xj_notice_ways *ways, const xj_settings *settings);
/* Start sending what STORE holds by WAYS (which live as long); it ends with POOL, and with it what
 * xj_net_start began.  Errors: UNAVAILABLE where there is no thread to be had. */
XJ_MUST_USE xj_error *xj_app_notice_start(xj_store *store, const xj_notice_ways *ways,
                                          const xj_settings *settings, xj_pool *pool);
