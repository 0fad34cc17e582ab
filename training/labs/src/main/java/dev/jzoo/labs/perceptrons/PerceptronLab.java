package dev.jzoo.labs.perceptrons;

import dev.jzoo.labs.Chapter;
import dev.jzoo.labs.Lab;
import dev.jzoo.labs.LabInfo;
import dev.jzoo.labs.LabPage;
import dev.jzoo.report.DecisionRegions;
import dev.jzoo.report.Frame;
import dev.jzoo.report.Frames;
import dev.jzoo.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** One neuron as a logic gate: what its line can separate, and what no line can. */
public final class PerceptronLab implements Lab {

    private static final int[][] INPUTS = {{0, 0}, {0, 1}, {1, 0}, {1, 1}};

    @Override
    public LabInfo info() {
        return new LabInfo(
                "perceptron", "The perceptron", "What can a single neuron decide, and what not?", Chapter.PERCEPTRONS);
    }

    /** A neuron with two inputs. It answers 1 on one side of a line and 0 on the other. */
    private record GateNeuron(double bias, double w1, double w2) {

        int answer(double x1, double x2) {
            return bias + w1 * x1 + w2 * x2 > 0 ? 1 : 0; // $w_0 + w_1 x_1 + w_2 x_2 > 0$
        }

        /** Returns the four answers in the order of the inputs, such as "0001" for AND. */
        String truthTable() {
            StringBuilder answers = new StringBuilder();
            for (int[] x : INPUTS) {
                answers.append(answer(x[0], x[1]));
            }
            return answers.toString();
        }
    }

    /** Returns how many of four answers are right. */
    private static int correct(String answers, String wanted) {
        int correct = 0;
        for (int i = 0; i < 4; i++) {
            correct += answers.charAt(i) == wanted.charAt(i) ? 1 : 0;
        }
        return correct;
    }

    /** Draws the two half planes of a neuron, and the four examples of a gate. */
    private static DecisionRegions plane(GateNeuron neuron, String gate) {
        DecisionRegions regions = DecisionRegions.of("x1", "x2", List.of("0", "1"))
                .x(-0.5, 1.5)
                .y(-0.5, 1.5)
                .classifier((x1, x2) -> neuron.answer(x1, x2));
        for (int i = 0; i < 4; i++) {
            regions.examples(gate.charAt(i) - '0', new double[] {INPUTS[i][0]}, new double[] {INPUTS[i][1]});
        }
        return regions;
    }

    @Override
    public void run(LabPage page) {
        page.text("""
                A **perceptron** (Rosenblatt, 1958) adds its weighted inputs and compares the sum with a threshold. It answers 1 if
                $w_0 + w_1 x_1 + w_2 x_2 > 0$, and 0 otherwise. Where the sum is 0, there is a straight line, the *decision line*. The
                weights $(w_1, w_2)$ point at right angles to it, to the side of the ones, and the *bias* $w_0$ moves it.

                Keep the weights at (1, 1) and move only the bias: the same neuron is *always 1*, OR, AND and *never*.
                """);
        List<Frame> frames = new ArrayList<>();
        for (int i = 0; i <= 10; i++) {
            GateNeuron neuron = new GateNeuron(0.25 - 0.25 * i, 1, 1);
            String answers = neuron.truthTable();
            frames.add(new Frame(
                    String.format(Locale.ROOT, "%.2f", neuron.bias()),
                    plane(neuron, "0001").figure("The examples of AND. The neuron's answers are " + answers + ".")));
        }
        page.figure(Frames.of("bias", frames).choose(7));

        page.text("""
                Three gates are easy to set by hand. NAND is AND with every sign turned around. All four answers are listed in the order
                of the inputs 00, 01, 10, 11.
                """);
        GateNeuron and = new GateNeuron(-1.5, 1, 1);
        GateNeuron or = new GateNeuron(-0.5, 1, 1);
        GateNeuron nand = new GateNeuron(1.5, -1, -1);
        page.table(Table.captioned("Three gates, each one neuron.")
                .text("gate")
                .text("line")
                .text("answers")
                .row("AND", "x1 + x2 = 1.5", and.truthTable())
                .row("OR", "x1 + x2 = 0.5", or.truthTable())
                .row("NAND", "x1 + x2 = 1.5, turned", nand.truthTable()));
        page.claim("AND has all four answers right.").equal(and.truthTable(), "0001");
        page.claim("OR has all four answers right.").equal(or.truthTable(), "0111");
        page.claim("NAND has all four answers right.").equal(nand.truthTable(), "1110");

        page.text("""
                XOR is 1 where exactly one input is 1. Suppose that a neuron could do it. Then $w_0 + w_1 > 0$ and $w_0 + w_2 > 0$, so the
                sum $2 w_0 + w_1 + w_2$ is above 0. But $w_0 <= 0$ and $w_0 + w_1 + w_2 <= 0$, and the sum of these is the same number,
                now at most 0. There is no such neuron (Minsky and Papert, 1969).

                If you would rather see it than prove it: here are all neurons with weights and biases from -2 to 2 in steps of 1/4,
                sorted by the function that they compute.
                """);
        Map<String, GateNeuron> functions = new TreeMap<>();
        GateNeuron nearestToXor = and;
        for (int b = -8; b <= 8; b++) {
            for (int w1 = -8; w1 <= 8; w1++) {
                for (int w2 = -8; w2 <= 8; w2++) {
                    GateNeuron neuron = new GateNeuron(b / 4.0, w1 / 4.0, w2 / 4.0);
                    String answers = neuron.truthTable();
                    functions.putIfAbsent(answers, neuron);
                    if (correct(answers, "0110") > correct(nearestToXor.truthTable(), "0110")) {
                        nearestToXor = neuron;
                    }
                }
            }
        }
        page.print("computed by some neuron: %s", String.join(" ", functions.keySet()));
        page.figure(
                plane(nearestToXor, "0110").figure("A best neuron for XOR. One example is always on the wrong side."));
        page.claim("No neuron has more than three of XOR's four answers right, 75 %.")
                .equal(correct(nearestToXor.truthTable(), "0110"), 3);
        page.claim("A neuron computes 14 of the 16 functions of two bits: all but XOR and its opposite.")
                .equal(functions.size(), 14);

        page.text("""
                Two lines can do what one cannot. XOR holds where OR *and* NAND hold: feed the answers of these two neurons to the AND
                neuron. That is a network with a **hidden layer**. The next question is how a network finds such weights by itself.
                """);
        StringBuilder network = new StringBuilder();
        for (int[] x : INPUTS) {
            network.append(and.answer(or.answer(x[0], x[1]), nand.answer(x[0], x[1])));
        }
        page.claim("Three neurons in two layers compute XOR.").equal(network.toString(), "0110");
    }
}
