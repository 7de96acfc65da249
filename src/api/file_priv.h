/* api/file_priv.h -- what the files of api/ that take and give files share. */
#pragma once

#include "api/api_priv.h"

/* REPLY is saved under NAME, and never shown in its place. */
void xj_api__attach(xj_reply *reply, xj_str name, xj_pool *pool);
/* 代录: whoever has no post in UNIT and reaches it all the same writes for it. */
bool xj_api__on_behalf(const xj_api *api, int64_t unit);
