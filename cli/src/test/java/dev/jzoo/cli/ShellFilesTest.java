package dev.jzoo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jzoo.training.Recipe;
import dev.jzoo.training.Recipes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Completion for each shell, and the manual page: each has every command and option, and the programs that read them do. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "these shells and man are programs of Unix")
class ShellFilesTest {

    /** A line that is typed up to the Tab key, and words that must be offered then. */
    private static final Map<String, String> COMPLETIONS = completions();

    private static final String BASH = "bash-completion/completions/jzoo";
    private static final String ZSH = "zsh/site-functions/_jzoo";
    private static final String FISH = "fish/vendor_completions.d/jzoo.fish";
    private static final String MANUAL = "man/man1/jzoo.1";

    @TempDir
    static Path folder;

    private static Path share;

    private static Map<String, String> completions() {
        Map<String, String> completions = new LinkedHashMap<>();
        completions.put("jzoo quick", "quickstart");
        completions.put("jzoo --progress lines ru", "run");
        completions.put("jzoo --progress ", "auto json lines");
        completions.put("jzoo --json cache cl", "clear");
        completions.put("jzoo dataset ", "check get list");
        completions.put("jzoo dataset get mnist", "mnist mnist1d");
        completions.put("jzoo run mnist-lo", "mnist-logistic");
        completions.put("jzoo run --to", "--top --top-k");
        completions.put("jzoo run --device c", "cpu cuda");
        completions.put("jzoo verify sine-rnn mnist-lo", "mnist-logistic");
        completions.put("jzoo train airline", "airline-lstm airline-lstm-12");
        completions.put("jzoo train --engine d", "djl dl4j");
        completions.put("jzoo train --engine s", "scratch");
        completions.put("jzoo finetune --normalize imag", "imagenet imagenet-bgr");
        completions.put("jzoo finetune --base mnist-l", "mnist-lenet mnist-logistic");
        return completions;
    }

    @BeforeAll
    static void write() throws IOException {
        Files.createDirectories(folder.resolve("lib"));
        DistributionFiles.main(new String[] {"..", folder.toString(), "linux-x86_64", "2026-11-01T00:00:00Z"});
        share = folder.resolve("share");
    }

    private static String content(String file) throws IOException {
        return Files.readString(share.resolve(file));
    }

    private static Stream<CommandLine> visible(CommandLine command) {
        return command.getCommandSpec().usageMessage().hidden()
                ? Stream.empty()
                : Stream.concat(
                        Stream.of(command),
                        command.getSubcommands().values().stream().flatMap(ShellFilesTest::visible));
    }

    /** Takes one that a script contains where a word of letters and hyphens is expected. */
    private static boolean hasWord(String text, String word) {
        return Pattern.compile("(?<![\\w-])" + Pattern.quote(word) + "(?![\\w-])")
                .matcher(text)
                .find();
    }

    @Test
    void everyCommandAndOptionIsInEachFile() throws IOException {
        List<String> missing = new ArrayList<>();
        for (CommandLine command : visible(Shell.parser(folder)).toList()) {
            String name = command.getCommandSpec().qualifiedName();
            String[] words = name.split(" ", 2);
            String in = words.length == 1 ? "complete -c jzoo" : "complete -c jzoo -n '__jzoo_in " + words[1] + "'";
            List<String> fish =
                    content(FISH).lines().filter(line -> line.startsWith(in)).toList();
            if (words.length == 2 && !content(FISH).contains(" -f -a " + command.getCommandName() + " -d '")) {
                missing.add("fish: " + name);
            }
            if (words.length == 2 && !content(MANUAL).contains(".SS \"" + name + "\"\n")) {
                missing.add("man: " + name);
            }
            if (!content(BASH).contains("function _picocli_" + name.replace(' ', '_') + "() {")) {
                missing.add("bash: " + name);
            }
            for (OptionSpec option : command.getCommandSpec().options()) {
                String longest = option.longestName();
                if (!hasWord(content(BASH), longest)) {
                    missing.add("bash: " + name + " " + longest);
                }
                if (!content(MANUAL).contains("\\fB" + longest.replace("-", "\\-") + "\\fR")) {
                    missing.add("man: " + name + " " + longest);
                }
                String given = " -l " + longest.substring(2) + " ";
                boolean inherited = content(FISH)
                        .lines()
                        .anyMatch(line -> line.startsWith("complete -c jzoo -")
                                && !line.contains(" -n ")
                                && line.contains(given));
                if (!inherited && fish.stream().noneMatch(line -> line.contains(given))) {
                    missing.add("fish: " + name + " " + longest);
                }
            }
        }
        assertEquals(List.of(), missing);
        for (Recipe recipe : Recipes.all()) {
            assertTrue(hasWord(content(BASH), recipe.id()) && hasWord(content(FISH), recipe.id()), recipe.id());
        }
    }

    @Test
    void nothingNamesTheMachineOrAHiddenCommand() throws IOException {
        for (String file : List.of(BASH, ZSH, FISH, MANUAL)) {
            for (String hidden : List.of("jzoo warm-up", "jzoo_warmup", "-a warm-up", "'warm-up'")) {
                assertFalse(content(file).contains(hidden), file);
            }
            assertFalse(content(file).contains(Path.of("..").toRealPath().toString()), file);
            assertFalse(content(file).contains("../zoo"), file);
            assertFalse(content(file).contains(": null"), file);
        }
    }

    private static String ran(Path script) throws Exception {
        return ran(List.of("bash", script.toString()));
    }

    private static String ran(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes());
        assertEquals(0, process.waitFor(), printed);
        return printed;
    }

    private static boolean isThere(String program) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
    }

    private static String offered() {
        StringBuilder lines = new StringBuilder();
        COMPLETIONS.forEach((typed, words) ->
                lines.append(typed).append(" => ").append(words).append('\n'));
        return lines.toString();
    }

    @Test
    void bashOffersThem() throws Exception {
        StringBuilder script = new StringBuilder("source share/" + BASH + "\n");
        for (String typed : COMPLETIONS.keySet()) {
            script.append("COMP_LINE='%s'; COMP_POINT=${#COMP_LINE}; COMP_WORDS=($COMP_LINE)\n".formatted(typed));
            script.append(typed.endsWith(" ") ? "COMP_WORDS+=('')\n" : "");
            script.append("COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMPREPLY=(); _complete_jzoo\n");
            script.append("echo \"$COMP_LINE => $(printf '%s\\n' \"${COMPREPLY[@]}\" | LC_ALL=C sort | xargs)\"\n");
        }
        assertEquals(offered(), ran(Files.writeString(folder.resolve("try.bash"), script)));
    }

    @Test
    void bashOffersFilesWhereNoNameFits() throws Exception {
        Files.createFile(folder.resolve("network.onnx"));
        String script = "bind 'set bell-style none' 2>/dev/null\nsource share/" + BASH
                + "\nCOMP_WORDS=(jzoo run netw); COMP_CWORD=2; COMPREPLY=(); _complete_jzoo; echo \"[${COMPREPLY[*]}]\"\n"
                + "complete -p jzoo\n";
        String printed = ran(Files.writeString(folder.resolve("files.bash"), script));
        assertEquals("[]\ncomplete -o default -F _complete_jzoo jzoo\n", printed);
        assertFalse(content(BASH).contains("compopt +o default"), "which would turn files off");
    }

    @Test
    void fishOffersThem() throws Exception {
        assumeTrue(isThere("fish"), "There is no fish here.");
        StringBuilder script = new StringBuilder("source share/" + FISH + "\n");
        for (String typed : COMPLETIONS.keySet()) {
            script.append("echo '%s => '(complete -C '%s' | string replace -r '\\t.*' '' | sort | string join ' ')\n"
                    .formatted(typed, typed));
        }
        Path file = Files.writeString(folder.resolve("try.fish"), script);
        String printed =
                ran(List.of("env", "LC_ALL=C.UTF-8", "HOME=" + folder, "fish", "--no-config", file.toString()));
        assertEquals(offered(), printed);
    }

    @Test
    void zshOffersThemAtTheFirstTry() throws Exception {
        assumeTrue(isThere("zsh"), "There is no zsh here.");
        String script = """
                zmodload zsh/zpty
                zpty z "TERM=dumb zsh -f -i"
                zpty -w z "PS1='> '; fpath=(%s \\$fpath); autoload -Uz compinit; compinit -u -D; jzoo() { echo ran \\$1-\\$2 done; }"
                zpty -w z "echo re''ady"
                zpty -r -m z seen '*ready*'
                zpty -n -w z $'jzoo ru\\tmnist-log\\t'
                zpty -n -w z $'\\n'
                zpty -r -m z seen '*ran * done*'
                print -r -- $seen
                zpty -d z
                """.formatted(share.resolve(ZSH).getParent());
        Path file = Files.writeString(folder.resolve("try.zsh"), script);
        String printed = ran(List.of("timeout", "60", "zsh", "-f", file.toString()));
        assertTrue(printed.contains("ran run-mnist-logistic"), printed);
    }

    @Test
    void manUnderstandsThePage() throws Exception {
        assumeTrue(isThere("groff"), "There is no groff here.");
        Path page = share.resolve(MANUAL);
        assertEquals(
                "",
                ran(List.of("sh", "-c", "groff -man -ww -Tutf8 -Kutf8 \"$1\" 2>&1 >page.txt", "sh", page.toString())));
        String shown = Files.readString(folder.resolve("page.txt"))
                .replaceAll("\033\\[[0-9;]*m", "")
                .replaceAll(".\b", "");
        for (String line : List.of(
                "JZOO(1) ",
                "NAME\n",
                "SYNOPSIS\n",
                "   jzoo dataset get\n",
                "--weight-decay=X\n",
                "EXIT CODES\n",
                "ENVIRONMENT\n")) {
            assertTrue(shown.contains(line), line + " in " + shown);
        }
    }
}
