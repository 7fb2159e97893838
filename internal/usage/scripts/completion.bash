# Completion of autolfads in bash, 3.2 and later. In ~/.bashrc:
#
#   eval "$(autolfads completion bash)"

_autolfads() {
  local program=${1/#\~\//$HOME/} current=${COMP_WORDS[COMP_CWORD]} word about before joined="" files=""
  local -a typed=()
  # bash parts words at "=": --search=pbt comes as three of them.
  for word in "${COMP_WORDS[@]:1:COMP_CWORD}"; do
    if [[ ($word == "=" || -n $joined) && ${#typed[@]} -gt 0 ]]; then
      typed[${#typed[@]} - 1]+=$word
    else
      typed+=("$word")
    fi
    [[ $word == "=" ]] && joined=1 || joined=""
  done
  [[ $current == "=" ]] && current=""
  before=${typed[${#typed[@]} - 1]}
  before=${before%"$current"}

  COMPREPLY=()
  while IFS=$'\t' read -r word about; do
    if [[ $word == ":files" ]]; then
      files=1
    else
      COMPREPLY+=("${word#"$before"}")
    fi
  done < <("$program" __complete "${typed[@]}" 2>/dev/null)

  if [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *= ]]; then
    compopt -o nospace 2>/dev/null # a value comes
  fi
  if [[ -n $files ]] && ! compopt -o default -o filenames 2>/dev/null; then
    while IFS= read -r word; do
      COMPREPLY+=("$word")
    done < <(compgen -f -- "$current")
  fi
}

complete -F _autolfads autolfads
