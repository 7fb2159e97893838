# Completion of autolfads in fish, 3.0 and later:
#
#   autolfads completion fish > ~/.config/fish/completions/autolfads.fish

function __autolfads_complete
    set -l typed (commandline -opc)
    set -l current (commandline -ct)
    set -l program (string replace -r '^~/' "$HOME/" -- $typed[1])
    set -e typed[1]
    for line in ($program __complete $typed "$current" 2>/dev/null)
        if test "$line" = :files
            set -l flag (string match -r -- '^--[a-z-]+=' "$current")
            for path in (__fish_complete_path (string replace -- "$flag" '' "$current"))
                echo "$flag$path"
            end
        else
            echo $line
        end
    end
end

complete -c autolfads -f -a '(__autolfads_complete)'
