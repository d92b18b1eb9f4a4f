#include "core/conflict.h"

static struct val *texts(struct req *req)
{
	struct val *list = val_get(req->out, "conflict");
	return val_kind(list) == VAL_LIST ? list : val_set_list(req->out, "conflict");
}

void conflict_none(struct req *req)
{
	texts(req);
}

void conflict_with(struct req *req, const char *label, struct str value)
{
	struct val *one = val_push_object(texts(req));
	val_set_str(one, "label", str_of(label));
	val_set_str(one, "value", value);
}

int conflict_answer(struct req *req, int64_t rev)
{
	val_set_int(req->in, "rev", rev);
	return CONFLICT;
}
