/* options_complete.c - completion scripts for bash, zsh and fish.
 *
 * For an option's value they complete its choices, files or folders; after a
 * dash the options; elsewhere operands. A program with commands completes them
 * as first operand, and after a command that command's options.
 */
#include "common/program/options_internal.h"

static const char *command_word(const Program *command)
{
    const char *space = strrchr(command->name, ' ');
    return space ? space + 1 : command->name;
}

static void put_choice_words(const Option *option, Buf *out)
{
    for (const char *const *choice = option->choices; *choice; choice++) {
        buf_printf(out, choice == option->choices ? "%s" : " %s", *choice);
    }
}

/* ---- bash ---- */

/* One name per line, so that spaces and stars in names survive. Bash quotes
 * them on the command line because of `-o filenames`. */
static void put_bash_file_names(const char *compgen, Buf *out)
{
    buf_printf(out, "mapfile -t COMPREPLY < <(compgen %s -- \"$word\")",
               compgen);
}

static void put_bash_action(const char *choices, OptionComplete complete,
                            Buf *out)
{
    if (choices) {
        buf_printf(out, "COMPREPLY=($(compgen -W '%s' -- \"$word\"))", choices);
    } else if (complete == COMPLETE_FILE) {
        put_bash_file_names("-f", out);
    } else if (complete == COMPLETE_FOLDER) {
        put_bash_file_names("-d", out);
    } else {
        buf_put_text(out, "COMPREPLY=()");
    }
}

static void put_bash_value(const Option *row, Buf *out)
{
    Buf choices = {0};
    if (row->kind == OPTION_CHOICE) put_choice_words(row, &choices);
    buf_put_text(out, "    ");
    if (row->letter) buf_printf(out, "-%c|", row->letter);
    buf_printf(out, "--%s) ", row->name);
    put_bash_action(choices.size ? buf_text(&choices) : NULL, row->complete,
                    out);
    buf_put_text(out, "; return ;;\n");
    buf_release(&choices);
}

static void put_bash_names(const Program *program, Buf *out)
{
    bool is_basic;
    for (size_t i = 0;; i++) {
        const Option *row = option_row(program, i, &is_basic);
        if (row->kind == OPTION_END) return;
        if (row->kind == OPTION_GROUP) continue;
        if (row->letter) buf_printf(out, " -%c", row->letter);
        buf_printf(out, " --%s", row->name);
        if (row->kind == OPTION_NEGATABLE)
            buf_printf(out, " --no-%s", row->name);
    }
}

static void put_bash_table(const Program *program, Buf *out)
{
    bool is_basic;
    buf_put_text(out, "    case $before in\n");
    for (size_t i = 0;; i++) {
        const Option *row = option_row(program, i, &is_basic);
        if (row->kind == OPTION_END) break;
        if (row->kind != OPTION_GROUP && option_takes_value(row)) {
            put_bash_value(row, out);
        }
    }
    buf_put_text(out, "    esac\n"
                      "    if [[ $word == -* && ! $ended ]]; then\n"
                      "        COMPREPLY=($(compgen -W '");
    put_bash_names(program, out);
    buf_put_text(out, "' -- \"$word\"))\n        return\n    fi\n    ");
    put_bash_action(NULL, program->operands, out);
    buf_put_byte(out, '\n');
}

/* The current word and the one before it. Bash splits `--color=al` into three
 * words. After `--` the word before is not an option with a value. */
static void put_bash_words(Buf *out)
{
    buf_put_text(out,
                 "    local word=${COMP_WORDS[COMP_CWORD]} "
                 "before=${COMP_WORDS[COMP_CWORD-1]} ended= i\n"
                 "    if [[ $word == '=' ]]; then\n        word=\n"
                 "    elif [[ $before == '=' ]]; then\n"
                 "        before=${COMP_WORDS[COMP_CWORD-2]}\n    fi\n"
                 "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
                 "        [[ ${COMP_WORDS[i]} == -- ]] && ended=yes before=\n"
                 "    done\n");
}

void put_bash_completion(const Program *program, Buf *out)
{
    buf_printf(out, "# bash completion for %s\n_%s()\n{\n", program->name,
               program->name);
    put_bash_words(out);
    const Program *const *command = program->commands;
    if (command) {
        buf_put_text(out, "    if ((COMP_CWORD > 1)); then\n"
                          "    case ${COMP_WORDS[1]} in\n");
        for (; *command; command++) {
            buf_printf(out, "    %s)\n", command_word(*command));
            put_bash_table(*command, out);
            buf_put_text(out, "    return ;;\n");
        }
        buf_put_text(out, "    esac\n    fi\n");
    }
    put_bash_table(program, out);
    if (program->commands) {
        buf_put_text(out, "    ((COMP_CWORD == 1)) && "
                          "COMPREPLY+=($(compgen -W '");
        for (command = program->commands; *command; command++) {
            buf_printf(out, " %s", command_word(*command));
        }
        buf_put_text(out, "' -- \"$word\"))\n");
    }
    buf_printf(out, "}\ncomplete -o filenames -F _%s %s\n", program->name,
               program->name);
}

/* ---- zsh ---- */

/* Inside single quotes and square brackets of _arguments. */
static void put_zsh_text(Buf *out, const char *text)
{
    for (; *text; text++) {
        if (*text == '\'') {
            buf_put_text(out, "'\\''");
            continue;
        }
        if (strchr("[]:\\", *text)) buf_put_byte(out, '\\');
        buf_put_byte(out, (uint8_t)*text);
    }
}

static void put_zsh_spec(const Option *row, const char *dashes,
                         const char *name, Buf *out)
{
    bool takes_value = option_takes_value(row);
    buf_printf(out, "    '%s%s%s%s[", row->kind == OPTION_LIST ? "*" : "",
               dashes, name,
               takes_value && dashes[1] ? "="
               : takes_value            ? "+"
                                        : "");
    put_zsh_text(out, row->brief);
    buf_put_byte(out, ']');
    if (takes_value) {
        buf_printf(out, ":%s:", row->value);
        if (row->kind == OPTION_CHOICE) {
            buf_put_byte(out, '(');
            put_choice_words(row, out);
            buf_put_byte(out, ')');
        }
        if (row->complete == COMPLETE_FILE) buf_put_text(out, "_files");
        if (row->complete == COMPLETE_FOLDER) buf_put_text(out, "_files -/");
    }
    buf_put_text(out, "' \\\n");
}

static void put_zsh_table(const Program *program, Buf *out)
{
    bool is_basic;
    buf_put_text(out, "  _arguments -s -S \\\n");
    for (size_t i = 0;; i++) {
        const Option *row = option_row(program, i, &is_basic);
        if (row->kind == OPTION_END) break;
        if (row->kind == OPTION_GROUP) continue;
        const char letter[2] = {row->letter, 0};
        if (row->letter) put_zsh_spec(row, "-", letter, out);
        put_zsh_spec(row, "--", row->name, out);
        if (row->kind == OPTION_NEGATABLE) {
            put_zsh_spec(row, "--no-", row->name, out);
        }
    }
    static const char *const OPERANDS[] = {
        [COMPLETE_NOTHING] = "    '*:words: '\n",
        [COMPLETE_FILE] = "    '*:file:_files'\n",
        [COMPLETE_FOLDER] = "    '*:folder:_files -/'\n"};
    buf_put_text(out, OPERANDS[program->operands]);
}

void put_zsh_completion(const Program *program, Buf *out)
{
    buf_printf(out, "#compdef %s\n\n_%s() {\n", program->name, program->name);
    const Program *const *command = program->commands;
    if (command) {
        buf_put_text(out, "  if ((CURRENT > 2)); then\n  case $words[2] in\n");
        for (; *command; command++) {
            buf_printf(out, "  %s)\n", command_word(*command));
            buf_put_text(out, "  shift words; ((CURRENT--))\n");
            put_zsh_table(*command, out);
            buf_put_text(out, "  return ;;\n");
        }
        buf_put_text(out, "  esac\n  fi\n"
                          "  ((CURRENT == 2)) && compadd --");
        for (command = program->commands; *command; command++) {
            buf_printf(out, " %s", command_word(*command));
        }
        buf_put_byte(out, '\n');
    }
    put_zsh_table(program, out);
    /* Autoloaded from fpath, the file is the body of the function at its first
     * call; read by `source`, it must register itself. */
    buf_printf(out,
               "}\n\nif [[ $funcstack[1] == _%s ]]; then\n  _%s \"$@\"\n"
               "else\n  compdef _%s %s\nfi\n",
               program->name, program->name, program->name, program->name);
}

/* ---- fish ---- */

static void put_fish_text(Buf *out, const char *text)
{
    buf_put_byte(out, '\'');
    for (; *text; text++) {
        if (*text == '\'' || *text == '\\') buf_put_byte(out, '\\');
        buf_put_byte(out, (uint8_t)*text);
    }
    buf_put_byte(out, '\'');
}

static void put_fish_row(const char *command, const Option *row,
                         const char *prefix, Buf *out)
{
    buf_printf(out, "%s -l %s%s", command, prefix, row->name);
    if (row->letter && !*prefix) buf_printf(out, " -s %c", row->letter);
    if (option_takes_value(row)) {
        buf_put_text(out, row->complete == COMPLETE_NOTHING ? " -x" : " -r");
        if (row->kind == OPTION_CHOICE) {
            buf_put_text(out, " -a '");
            put_choice_words(row, out);
            buf_put_byte(out, '\'');
        } else if (row->complete == COMPLETE_FILE) {
            buf_put_text(out, " -F");
        } else if (row->complete == COMPLETE_FOLDER) {
            buf_put_text(out, " -a '(__fish_complete_directories)'");
        }
    }
    buf_put_text(out, " -d ");
    put_fish_text(out, row->brief);
    buf_put_byte(out, '\n');
}

static void put_fish_table(const Program *program, const char *command,
                           Buf *out)
{
    bool is_basic;
    for (size_t i = 0;; i++) {
        const Option *row = option_row(program, i, &is_basic);
        if (row->kind == OPTION_END) break;
        if (row->kind == OPTION_GROUP) continue;
        put_fish_row(command, row, "", out);
        if (row->kind == OPTION_NEGATABLE) {
            put_fish_row(command, row, "no-", out);
        }
    }
    if (program->operands == COMPLETE_NOTHING) {
        buf_printf(out, "%s -f\n", command);
    }
}

void put_fish_completion(const Program *program, Buf *out)
{
    buf_printf(out, "# fish completion for %s\n", program->name);
    Buf rule = {0}, condition = {0};
    const Program *const *command = program->commands;
    for (; command && *command; command++) {
        buf_printf(out, "complete -c %s -n __fish_use_subcommand -a %s -d ",
                   program->name, command_word(*command));
        put_fish_text(out, (*command)->summary);
        buf_put_byte(out, '\n');
        buf_clear(&rule);
        buf_printf(&rule, "complete -c %s -n '__fish_seen_subcommand_from %s'",
                   program->name, command_word(*command));
        const char *text = buf_text(&rule);
        if (text) put_fish_table(*command, text, out);
        buf_printf(&condition, " %s", command_word(*command));
    }
    buf_clear(&rule);
    buf_printf(&rule, "complete -c %s", program->name);
    if (condition.size) {
        buf_printf(&rule, " -n 'not __fish_seen_subcommand_from%s'",
                   buf_text(&condition));
    }
    const char *text = buf_text(&rule);
    if (text) put_fish_table(program, text, out);
    buf_release(&rule);
    buf_release(&condition);
}
