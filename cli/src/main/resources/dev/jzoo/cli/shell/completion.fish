# Completion of NAME for fish, written by 'NAME completion fish'.

# The words before the cursor that are not options.
function __NAME_words
    set -l skipped no
    for word in (commandline -opc)[2..-1]
        if test $skipped = yes
            set skipped no
        else if contains -- $word VALUED
            set skipped yes
        else if not string match -q -- '-*' $word
            echo $word
        end
    end
end

# Whether these words name exactly this command, so that a subcommand comes next.
function __NAME_at
    test "$(__NAME_words)" = "$(string join \n -- $argv)"
end

# Whether these words begin with this command.
function __NAME_in
    set -l words (__NAME_words)
    test (count $words) -ge (count $argv); and test "$words[1..$(count $argv)]" = "$argv"
end

complete -c NAME -e
