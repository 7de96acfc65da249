/*
 * api/task_priv.h -- the parameters that the lists of tasks, their totals and their export share.
 */
#pragma once

#include "http/route.h"
#include "plan/task.h"

void xj_api__task_filter(xj_task_filter *filter, const xj_args *args);
xj_task_order xj_api__task_order(const xj_args *args);
