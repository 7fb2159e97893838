#compdef autolfads
# Completion of autolfads in zsh. Behind compinit in ~/.zshrc:
#
#   eval "$(autolfads completion zsh)"
#
# or as a file _autolfads in a folder of $fpath.

_autolfads() {
  local program=${(Q)words[1]} line word files found=1
  local -a plain open
  [[ $program == '~/'* ]] && program=$HOME${program#'~'}
  while IFS= read -r line; do
    if [[ $line == :files ]]; then
      files=1
      continue
    fi
    word=${line%%$'\t'*}
    if [[ $word == *= ]]; then
      open+=("${word//:/\\:}:${line#*$'\t'}") # a value comes
    else
      plain+=("${word//:/\\:}:${line#*$'\t'}")
    fi
  done < <("$program" __complete "${(@Q)words[2,CURRENT]}" 2>/dev/null)

  (( $#plain )) && _describe -t values autolfads plain && found=0
  (( $#open )) && _describe -t values autolfads open -S '' && found=0
  if [[ -n $files ]]; then
    [[ $PREFIX == --*=* ]] && compset -P '*='
    _files && found=0
  fi
  return found
}

if [[ ${funcstack[1]} == _autolfads ]]; then
  _autolfads "$@"
else
  compdef _autolfads autolfads
fi
