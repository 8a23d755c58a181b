#!/bin/sh
# Prints the API keys of a billing system, one token record as JSON on each line.
# Its export is simple: no field holds a comma, and what would need escaping in JSON is refused, not guessed.
set -eu

export=${1:?name the export of the billing system}

text() { # The text as JSON writes it.
  case $1 in
  *[\"\\]*) echo "$export: cannot write $1 as JSON" >&2 && exit 1 ;;
  esac
  printf '"%s"' "$1"
}

{
  read -r _columns
  while IFS=, read -r id name owner created last_used scope || [ -n "$id" ]; do
    id=$(text "$id")
    name=$(text "$name")
    owner=$(text "${owner:-none}")
    created=$(text "$created")
    last_used=$(text "$last_used")
    grants=$(text "read $scope")
    printf '{"kind":"billing/api-key","account":"acme","native_id":%s,"name":%s,"owner":%s,"status":"active",' \
      "$id" "$name" "$owner"
    printf '"created":%s,"last_used":%s,"expires":"never","grants":%s,"reach":"all"}\n' \
      "$created" "$last_used" "$grants"
  done
} <"$export"
