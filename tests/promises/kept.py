"""What is promised of security and reliability, and which tests and measurements prove it; what nothing proves is said as well."""

from __future__ import annotations

import ast
import functools
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One promise in a sentence, tests as file::function below tests/, what measures it beyond them, and what no test proves."""

    text: str
    tests: tuple[str, ...] = ()
    measured: str = ""
    lacks: str = ""


SECURITY: dict[int, Kept] = {
    1: Kept(
        text="Text of an ad is never markup, and the page's policy lets nothing run that is not ours.",
        tests=("review/test_browser.py::test_hostile_texts_are_texts",
               "hostile/test_sinks.py::test_on_our_page_a_text_is_a_text",
               "review/test_policy.py::test_every_answer_carries_the_security_headers"),
    ),
    2: Kept(
        text="Characters that turn or hide text are shown as signs.",
        tests=("review/test_shown.py::test_no_control_or_format_character_is_left",),
    ),
    3: Kept(
        text="An address of an advertiser is a text to copy, never a link.",
        tests=("review/test_browser.py::test_hostile_texts_are_texts",
               "review/test_shown.py::test_after_log_in_only_paths_of_the_page_are_opened"),
    ),
    4: Kept(
        text="No cell of a table or workbook is a formula.",
        tests=("outreach/test_papers.py::test_no_cell_begins_like_a_formula",
               "outreach/test_papers.py::test_a_workbook_and_a_table_hold_texts_alone",
               "hostile/test_sinks.py::test_a_spreadsheet_holds_texts_alone"),
        lacks="opening them in LibreOffice",
    ),
    5: Kept(
        text="No text of an ad steers a terminal.",
        tests=("hostile/test_sinks.py::test_nothing_steers_the_terminal",
               "hostile/test_sinks.py::test_json_steers_no_terminal_and_comes_back_whole",
               "keeping/test_commands.py::test_what_read_answers_line_by_line_cannot_steer_a_terminal"),
    ),
    6: Kept(
        text="Only the site's own hosts are asked, at public addresses, also after a redirect and in the browser.",
        tests=("crawler/test_guards.py::test_a_private_or_special_address_is_refused",
               "crawler/test_guards.py::test_only_the_sites_own_hosts_and_ports_are_asked",
               "crawler/test_guards.py::test_redirects_elsewhere_are_not_followed_and_names_of_private_addresses_not_connected_to",
               "crawler/test_guards.py::test_the_browser_knows_the_sites_checked_address_at_its_own_ports_and_no_other_name"),
    ),
    7: Kept(
        text="What swells when it is unpacked is left, and pictures are opened by a child with limits.",
        tests=("crawler/test_guards.py::test_bombs_and_links_that_are_no_addresses_are_refused_and_the_crawl_goes_on",
               "crawler/test_photo_hash.py::test_what_is_no_picture_has_its_reason_and_the_child_lives_on"),
        measured="memory: `python -m benchmarks.crawl`",
    ),
    8: Kept(
        text="No text or page takes more time than it is given.",
        tests=("hostile/test_foreign_bytes.py::test_a_parser_answers_whatever_comes",
               "crawler/test_reading_time.py::test_a_page_that_takes_too_long_to_read_is_rejected_with_a_reason_and_the_site_goes_on"),
        measured="slowest case a parser: `python -m benchmarks.fuzz`",
    ),
    9: Kept(
        text="No path is made of what an ad, a file or a backup says.",
        tests=("hostile/test_sinks.py::test_no_path_leads_out_and_no_line_of_an_import_breaks_another",
               "keeping/test_backup.py::test_a_backup_writes_nothing_outside_its_folder_and_no_link"),
    ),
    10: Kept(
        text="An analyst's question reads the snapshot and nothing else, within limits.",
        tests=("keeping/test_analyst.py::test_an_escape_is_refused_in_one_line_and_leaves_nothing",
               "keeping/test_analyst.py::test_a_question_that_runs_over_its_limits_is_stopped"),
    ),
    11: Kept(
        text="Nobody logs in by guessing, and no account has a password that we chose.",
        tests=("casebook/test_book.py::test_five_wrong_passwords_close_the_account_for_a_quarter",
               "review/test_entrance.py::test_a_one_time_link_works_once_and_for_two_days"),
        lacks="that an unknown name takes as long as a wrong password",
    ),
    12: Kept(
        text="A session is bound, short and new at each log-in; no form is taken from elsewhere.",
        tests=("review/test_entrance.py::test_the_cookie_is_bound_to_the_host_and_new_at_every_log_in",
               "review/test_entrance.py::test_a_session_ends_after_fifteen_idle_minutes_and_eight_hours",
               "review/test_policy.py::test_a_form_without_its_token_or_from_elsewhere_changes_nothing"),
    ),
    13: Kept(
        text="Each role opens what the table of routes says and nothing else.",
        tests=("review/test_policy.py::test_a_route_without_a_policy_stops_the_start",
               "review/test_policy.py::test_each_role_opens_what_the_table_says_and_nothing_else"),
    ),
    14: Kept(
        text="Keys are in files of their own and nowhere else.",
        tests=("promises/test_keys.py::test_P11_no_key_is_in_a_backup_nor_anywhere_but_its_own_file",
               "pipeline/test_home.py::test_a_key_that_others_can_read_is_refused",
               "keeping/test_backup.py::test_a_backup_holds_no_key_and_nothing_in_clear_and_old_ones_go"),
        lacks="tracebacks and dumps of the environment",
    ),
    15: Kept(
        text="Every package is installed by its hash; the page asks nothing of the network.",
        tests=("promises/test_kept.py::test_S15_every_package_is_locked_by_its_hash",
               "review/test_policy.py::test_the_page_asks_nothing_of_the_network",
               "crawler/test_duckdb_file.py::test_no_connection_loads_what_nobody_signed"),
        lacks="a run in a network without routes",
    ),
    16: Kept(
        text="Many ads raise no band.",
        tests=("indicators/test_invariants.py::test_crawling_the_same_ads_again_changes_nothing",
               "pipeline/test_score.py::test_ten_phones_count_as_one",
               "matching/test_linking.py::test_a_switchboard_welds_nobody_together"),
    ),
    17: Kept(
        text="The audit is append-only, and its first broken row is named.",
        tests=("casebook/test_book.py::test_the_audit_chain_names_the_first_broken_row",
               "casebook/test_book.py::test_a_removed_last_row_is_noticed",
               "promises/test_handed_over.py::test_a_checkpoint_that_we_did_not_seal_or_a_row_that_is_gone_is_named",
               "review/test_decisions.py::test_the_audit_holds_every_read_and_stays_whole"),
    ),
}  # fmt: skip

RELIABILITY: dict[int, Kept] = {
    1: Kept(
        text="No acknowledged decision is lost or doubled.",
        tests=("review/test_killed.py::test_every_acknowledged_decision_is_there_once",),
        measured="`python -m benchmarks.faults.page_kills`",
    ),
    2: Kept(
        text="The night is all or nothing.",
        tests=("cli/test_bad_nights.py::test_a_killed_night_leaves_the_old_snapshot_and_the_next_run_finishes",
               "crawler/test_crawl.py::test_a_killed_crawl_goes_on_where_it_was_without_an_ad_lost_or_doubled"),
        measured="`docs/FAULTS.md`",
    ),
    3: Kept(
        text="A full disk is said plainly, the old snapshot is served, the next run finishes.",
        tests=("keeping/test_faults.py::test_a_disk_that_fills_up_in_the_night_is_said_plainly_and_the_next_night_finishes",
               "keeping/test_faults.py::test_a_disk_that_is_nearly_full_refuses_the_night_before_anything_is_opened"),
        measured="`docs/FAULTS.md`",
    ),
    4: Kept(
        text="A flipped bit is found.",
        tests=("keeping/test_faults.py::test_every_flipped_bit_is_named_and_a_whole_installation_has_none",),
        measured="`docs/FAULTS.md`",
        lacks="that the page goes on with the snapshot before",
    ),
    5: Kept(
        text="A site that is dead, slow, blocking or rebuilt harms no other, and none of its ads is called gone.",
        tests=("pipeline/test_runs.py::test_five_sites_that_misbehave_in_five_ways_are_understood_from_their_lines_alone",
               "pipeline/test_runs.py::test_a_crawl_unlike_its_site_is_held_until_somebody_accepts_it",
               "crawler/test_browser.py::test_without_a_browser_the_site_that_needs_one_says_so_and_the_others_go_on"),
    ),
    6: Kept(
        text="A wrong clock deletes nothing; moments are kept in UTC.",
        tests=("keeping/test_retention.py::test_a_jump_of_the_clock_deletes_nothing_until_a_person_has_looked",
               "outreach/test_papers.py::test_every_time_on_a_list_is_the_clock_in_sweden_in_summer_and_in_winter"),
        measured="`python -m benchmarks.faults clock`",
        lacks="a comparison with the sites' own clocks, which is not built",
    ),
    7: Kept(text="A million ads on two cores.", measured="`docs/SCALE.md`", lacks="a test: it is measured alone"),
    8: Kept(
        text="Twenty colleagues at once are answered and lose no change.",
        tests=("review/test_decisions.py::test_two_people_who_decide_at_once_meet_on_a_merge_page_with_both_texts",
               "review/test_place.py::test_writers_of_several_threads_take_turns_and_none_is_lost"),
        measured="`python -m benchmarks.review`",
    ),
    9: Kept(
        text="A lost disk comes back from a backup, without those who were erased since.",
        tests=("keeping/test_backup.py::test_a_lost_disk_comes_back_row_by_row",
               "keeping/test_backup.py::test_a_drill_changes_nothing_and_tells_the_difference",
               "keeping/test_backup.py::test_P07_who_was_erased_since_stays_erased_and_without_the_ledger_the_search_finds_them"),
        measured="`python -m benchmarks.keeping`",
    ),
    10: Kept(
        text="The same ads give the same rows in any order.",
        tests=("pipeline/test_ingest.py::test_the_order_of_the_files_does_not_matter",
               "matching/test_linking.py::test_night_by_night_gives_what_one_night_gives",
               "matching/test_weigh.py::test_weights_are_the_same_in_any_order",
               "matching/test_templates.py::test_templates_found_night_by_night_in_any_order_are_those_of_one_night"),
        lacks="another number of threads, another hash seed",
    ),
    11: Kept(
        text="What an earlier program wrote comes forward whole.",
        tests=("keeping/test_first_schema.py::test_R11_a_store_of_the_first_program_comes_forward_with_every_value_and_a_night_goes_on_from_it",
               "keeping/test_first_schema.py::test_R11_a_casebook_of_the_first_program_comes_forward_with_every_decision_and_its_audit_still_holds",
               "keeping/test_upgrade.py::test_a_kill_before_the_last_step_leaves_the_old_store"),
    ),
}  # fmt: skip


def not_there(root: Path) -> list[str]:
    """Return tests that a promise names and that do not exist, and promises that nothing proves."""
    named = {f"{letter}{number}": one for letter, table in (("S", SECURITY), ("R", RELIABILITY)) for number, one in table.items()}
    bare = [name for name, one in named.items() if not one.tests and not one.measured]
    return [*bare, *(f"{name}: {test}" for name, one in named.items() for test in one.tests if not _exists(root / "tests", test))]


def _exists(tests: Path, test: str) -> bool:
    file, _, function = test.partition("::")
    return function in _functions(tests / file)


@functools.cache
def _functions(path: Path) -> frozenset[str]:
    tree = ast.parse(path.read_text("utf-8")) if path.exists() else ast.Module(body=[], type_ignores=[])
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def table_of(letter: str, table: dict[int, Kept]) -> list[str]:
    """Return the lines of a table of the page."""
    head = ["| promise | what it says | proof | measured | what nothing proves yet |", "|---|---|---|---|---|"]
    rows = [
        f"| {letter}{number} | {one.text} | {'<br>'.join(f'`tests/{test}`' for test in one.tests)} | {one.measured} | {one.lacks} |"
        for number, one in table.items()
    ]
    return head + rows
