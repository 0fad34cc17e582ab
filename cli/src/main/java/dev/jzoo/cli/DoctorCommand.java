package dev.jzoo.cli;

import dev.jzoo.cli.checks.CheckFinding;
import dev.jzoo.cli.checks.EnvironmentCheck;
import dev.jzoo.zoo.error.JZooException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code jzoo doctor}. */
@Command(
        name = "doctor",
        description = {
            "Check your environment.",
            "Checks Java, memory, the cache, mirrors, ONNX Runtime, CUDA and the training engines. Exits with 1"
                    + " if something that JZoo requires is missing."
        },
        footer = {"  jzoo doctor", "  jzoo doctor --json"})
final class DoctorCommand implements Callable<Integer> {

    private final JzooCommand jzoo;

    DoctorCommand(JzooCommand jzoo) {
        this.jzoo = jzoo;
    }

    @Override
    public Integer call() {
        List<CheckFinding> findings = new EnvironmentCheck(jzoo.settings()).findings();
        jzoo.output().print(findings, out -> findings.forEach(finding -> print(finding, out)));
        boolean broken = findings.stream().anyMatch(finding -> finding.state() == CheckFinding.FindingState.BROKEN);
        return broken ? JZooException.Code.FAILED.exitCode() : 0;
    }

    private static void print(CheckFinding finding, PrintWriter out) {
        out.printf("%-7s  %-14s  %s%n", finding.state().word(), finding.name(), finding.detail());
        if (!finding.hint().isEmpty()) {
            out.printf("%-7s  %-14s  -> %s%n", "", "", finding.hint());
        }
    }
}
