/* api_builder_listener.c - from what a build reports to the caller's listener.
 */
#include "common/api/api_builder.h"

#include <stdio.h>

static void report_progress(void *self, const BuildProgress *progress)
{
    quern_builder *builder = self;
    quern_build_progress *out = &builder->progress;
    if (progress->phase == BUILD_READING) {
        out->document_count = progress->items;
        out->text_bytes = progress->bytes;
    } else {
        out->phase = QUERN_PHASE_WRITING;
        out->term_count = progress->items;
    }
    out->share = progress->share;
    if (builder->listener.progress)
        builder->listener.progress(builder->listener.self, out);
}

static void report_skipped(void *self, const BuildSkip *skip)
{
    const quern_build_listener *listener = &((quern_builder *)self)->listener;
    quern_skip out = {.kind = (quern_skip_kind)skip->kind,
                      .source = quern_text(skip->place->source),
                      .line = skip->place->line,
                      .column = skip->place->column,
                      .offset = skip->place->offset,
                      .reason = quern_text(skip->reason),
                      .advice = api_advice(skip->advice)};
    if (listener->skipped) listener->skipped(listener->self, &out);
}

_Static_assert((int)QUERN_SKIPPED == (int)SKIP_LOG_SKIPPED, "equal numbers");
_Static_assert((int)QUERN_CHANGED == (int)SKIP_LOG_CHANGED, "equal numbers");
_Static_assert((int)QUERN_DUPLICATE == (int)SKIP_LOG_DUPLICATE,
               "equal numbers");

static void report_note(const quern_builder *builder, const char *source,
                        const quern_note *note)
{
    const quern_build_listener *listener = &builder->listener;
    if (listener->noted)
        listener->noted(listener->self, quern_text(source), note);
}

static void report_detected(void *self, const char *source, const char *what,
                            Advice advice)
{
    quern_note note = {.text = quern_text(what), .advice = api_advice(advice)};
    report_note(self, source, &note);
}

static void report_warning(void *self, const char *message)
{
    const quern_builder *builder = self;
    quern_note note = {.text = quern_text(message), .is_warning = true};
    report_note(builder, builder->options.output, &note);
}

static int put_suggested(char *out, size_t size, const char *field,
                         const char *name)
{
    if (!name) return 0;
    int length = snprintf(out, size, ", %s '%s'", field, name);
    return length < (int)size ? length : (int)size - 1;
}

static void keep_suggestion(void *self, const FieldSuggestion *fields)
{
    quern_builder *builder = self;
    char *out = builder->suggestion;
    int size = (int)sizeof builder->suggestion, used = 0;
    out[0] = 0;
    used += put_suggested(out + used, (size_t)(size - used), "id_field",
                          fields->id);
    used += put_suggested(out + used, (size_t)(size - used), "title_field",
                          fields->title);
    put_suggested(out + used, (size_t)(size - used), "text_field",
                  fields->text);
}

void builder_put_suggestion(const quern_builder *builder, quern_error *failure)
{
    if (!builder->suggestion[0]) return;
    Error whole;
    fail(&whole, (Status)failure->status, "%s; try%s", failure->message,
         builder->suggestion + 1);
    memcpy(failure->message, whole.message, sizeof failure->message);
}

static bool is_cancelled(void *self)
{
    const quern_build_listener *listener = &((quern_builder *)self)->listener;
    return listener->cancelled && listener->cancelled(listener->self);
}

void builder_init_listener(quern_builder *builder)
{
    builder->progress.share = -1;
    builder->adapter = (BuildListener){.self = builder,
                                       .progress = report_progress,
                                       .skipped = report_skipped,
                                       .detected = report_detected,
                                       .suggested = keep_suggestion,
                                       .warning = report_warning,
                                       .cancelled = is_cancelled};
    builder->options.listener = &builder->adapter;
}
