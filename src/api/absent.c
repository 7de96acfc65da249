/* Operations of the contract that this program does not do yet. */
#include "api/api_priv.h"

#define X(name)                                                                                    \
    xj_error *xj_api_##name(xj_api *api)                                                           \
    {                                                                                              \
        (void)api;                                                                                 \
        return xj_error_new(XJ_E_UNAVAILABLE, "this program cannot do this yet");                  \
    }
/* clang-format off */
X(list_documents)
X(import_document)
X(get_document)
X(get_version)
X(get_register)
X(get_original)
X(diff_versions)
X(publish_version)
X(list_tasks)
X(get_task_totals)
X(export_tasks)
X(get_task)
X(change_task)
