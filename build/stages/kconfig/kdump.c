// SPDX-License-Identifier: GPL-2.0-only
/*
 * Prints every symbol of a kernel's Kconfig as JSON, one a line: kdump Kconfig OUT
 *
 * It is linked with the objects that the kernel's own build makes of scripts/kconfig, so that nothing can
 * disagree with that build. It is compiled where it runs and goes nowhere else.
 */
#include <list.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "internal.h"
#include "lkc.h"

static FILE *out;

static void print_string(const char *text)
{
	putc('"', out);
	for (; *text; text++) {
		unsigned char c = *text;

		if (c == '"' || c == '\\')
			fprintf(out, "\\%c", c);
		else if (c < 0x20)
			fprintf(out, "\\u%04x", c);
		else
			putc(c, out);
	}
	putc('"', out);
}

static void print_operand(struct symbol *sym)
{
	/* Numbers and words of comparisons are symbols without a type. */
	int constant = (sym->flags & SYMBOL_CONST) || sym->type == S_UNKNOWN;

	fprintf(out, "{\"%s\":", constant ? "constant" : "symbol");
	print_string(sym->name ? sym->name : "");
	putc('}', out);
}

static void print_expression(struct expr *e);

static void print_two(const char *name, struct expr *a, struct expr *b)
{
	fprintf(out, "{\"%s\":[", name);
	print_expression(a);
	putc(',', out);
	print_expression(b);
	fputs("]}", out);
}

static void print_comparison(const char *sign, struct expr *e)
{
	fprintf(out, "{\"compare\":\"%s\",\"of\":[", sign);
	print_operand(e->left.sym);
	putc(',', out);
	print_operand(e->right.sym);
	fputs("]}", out);
}

static void print_expression(struct expr *e)
{
	switch (e->type) {
	case E_OR: print_two("or", e->left.expr, e->right.expr); break;
	case E_AND: print_two("and", e->left.expr, e->right.expr); break;
	case E_NOT:
		fputs("{\"not\":", out);
		print_expression(e->left.expr);
		putc('}', out);
		break;
	case E_EQUAL: print_comparison("=", e); break;
	case E_UNEQUAL: print_comparison("!=", e); break;
	case E_LTH: print_comparison("<", e); break;
	case E_LEQ: print_comparison("<=", e); break;
	case E_GTH: print_comparison(">", e); break;
	case E_GEQ: print_comparison(">=", e); break;
	case E_SYMBOL: print_operand(e->left.sym); break;
	default:
		fprintf(stderr, "kdump: expression of unknown type %d\n", e->type);
		exit(1);
	}
}

static void print_optional(const char *key, struct expr *e)
{
	if (!e || expr_is_yes(e))
		return;
	fprintf(out, ",\"%s\":", key);
	print_expression(e);
}

static void print_properties(struct symbol *sym, const char *key, enum prop_type type)
{
	struct property *p;
	const char *separator = "";

	fprintf(out, ",\"%s\":[", key);
	for (p = sym->prop; p; p = p->next) {
		/* The prompt of a menuconfig is one as well. */
		if (type == P_PROMPT ? !p->text : p->type != type)
			continue;
		fprintf(out, "%s{", separator);
		separator = ",";
		if (type == P_PROMPT) {
			fputs("\"text\":", out);
			print_string(p->text);
		} else if (type == P_RANGE) {
			fputs("\"from\":", out);
			print_string(sym_get_string_value(p->expr->left.sym));
			fputs(",\"to\":", out);
			print_string(sym_get_string_value(p->expr->right.sym));
		} else {
			fputs("\"value\":", out);
			print_expression(p->expr);
		}
		print_optional("if", p->visible.expr);
		putc('}', out);
	}
	putc(']', out);
}

static void print_symbol(struct symbol *sym)
{
	static const char *const types[] = { "unknown", "bool", "tristate", "int", "hex", "string" };
	struct menu *choice;

	fputs("{\"name\":", out);
	print_string(sym->name);
	fprintf(out, ",\"type\":\"%s\",\"value\":", types[sym->type]);
	print_string(sym_get_string_value(sym));
	fprintf(out, ",\"visible\":\"%c\"", "nmy"[sym->visible]);
	print_properties(sym, "prompts", P_PROMPT);
	print_properties(sym, "defaults", P_DEFAULT);
	print_properties(sym, "ranges", P_RANGE);
	print_optional("depends", sym->dir_dep.expr);
	print_optional("selected", sym->rev_dep.expr);
	choice = sym_get_choice_menu(sym);
	if (choice) {
		fprintf(out, ",\"choice\":{\"at\":\"%s:%d\",\"title\":", choice->filename, choice->lineno);
		print_string(choice->prompt ? choice->prompt->text : "");
		putc('}', out);
	}
	if (!list_empty(&sym->menus)) {
		struct menu *menu = list_first_entry(&sym->menus, struct menu, link);

		fprintf(out, ",\"at\":\"%s:%d\"", menu->filename, menu->lineno);
	}
#ifdef SYMBOL_TRANS
	if (sym->flags & SYMBOL_TRANS)
		fputs(",\"transitional\":true", out);
#endif
	fputs("}\n", out);
}

int main(int argc, char **argv)
{
	struct symbol *sym;

	setlocale(LC_ALL, "C");
	if (argc != 3 || !(out = fopen(argv[2], "w"))) {
		fputs("usage: kdump Kconfig OUT\n", stderr);
		return 1;
	}
	conf_parse(argv[1]);
	conf_read(NULL);
	for_all_symbols(sym)
		sym_calc_value(sym);
	for_all_symbols(sym)
		if (sym->name && !(sym->flags & SYMBOL_CONST) && sym->type != S_UNKNOWN)
			print_symbol(sym);
	if (fclose(out)) {
		perror("kdump");
		return 1;
	}
	return 0;
}
