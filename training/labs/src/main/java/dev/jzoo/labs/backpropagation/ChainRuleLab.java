package dev.jzoo.labs.backpropagation;

import dev.jzoo.labs.Chapter;
import dev.jzoo.labs.Lab;
import dev.jzoo.labs.LabInfo;
import dev.jzoo.labs.LabPage;
import dev.jzoo.report.LineChart;
import dev.jzoo.report.Table;

/** A model of eight parameters, differentiated by hand with the chain rule. */
public final class ChainRuleLab implements Lab {

    private static final double X = 2.3;
    private static final double TARGET = 2;

    /** The parameters of the course's notebook: four biases, then four weights. */
    private static final double[] PARAMETERS = {1, 2, -3, 0.4, 0.1, -0.4, 2, 3};

    @Override
    public LabInfo info() {
        return new LabInfo(
                "chain-rule",
                "The chain rule",
                "How far does the loss move if one number deep inside the model moves?",
                Chapter.BACKPROPAGATION);
    }

    /** All values of a forward pass: the pre-activations f, the activations h and the loss. */
    private record ToyPass(double[] f, double[] h, double loss) {}

    private static ToyPass forward(double[] b) {
        double f0 = b[0] + b[4] * X; // $f_0 = beta_0 + omega_0 x$
        double h1 = Math.sin(f0); // $h_1 = sin f_0$
        double f1 = b[1] + b[5] * h1; // $f_1 = beta_1 + omega_1 h_1$
        double h2 = Math.exp(f1); // $h_2 = exp f_1$
        double f2 = b[2] + b[6] * h2; // $f_2 = beta_2 + omega_2 h_2$
        double h3 = Math.cos(f2); // $h_3 = cos f_2$
        double f3 = b[3] + b[7] * h3; // $f_3 = beta_3 + omega_3 h_3$
        double error = f3 - TARGET; // $ell = (f_3 - y)^2$
        return new ToyPass(new double[] {f0, f1, f2, f3}, new double[] {X, h1, h2, h3}, error * error);
    }

    /** Returns the slope of the loss in one parameter, by a finite difference. */
    private static double slope(int parameter) {
        double step = 1e-6;
        double[] above = PARAMETERS.clone();
        double[] below = PARAMETERS.clone();
        above[parameter] += step;
        below[parameter] -= step;
        return (forward(above).loss() - forward(below).loss()) / (2 * step);
    }

    @Override
    public void run(LabPage page) {
        page.text("""
                This model has no purpose but to be differentiated. It sends $x = 2.3$ through a sine, an exponential and a cosine, with
                a weight $omega_k$ and a bias $beta_k$ before each:

                $$f(x) = beta_3 + omega_3 cos(beta_2 + omega_2 exp(beta_1 + omega_1 sin(beta_0 + omega_0 x)))$$

                Written as one formula, its derivative in $omega_0$ fills several lines. Written as seven small steps, each step has a
                derivative that you know by heart. The **forward pass** computes the steps and keeps every value, because the
                derivatives need them.
                """);
        ToyPass pass = forward(PARAMETERS);
        double[] f = pass.f();
        page.print("f0 = %.3f, f1 = %.3f, f2 = %.3f, f3 = %.3f, loss = %.3f", f[0], f[1], f[2], f[3], pass.loss());
        page.published("The course's notebook prints f0 = 1.230.").near(f[0], 1.230, 5e-4);
        page.published("It prints f1 = 1.623.").near(f[1], 1.623, 5e-4);
        page.published("It prints f2 = 7.137.").near(f[2], 7.137, 5e-4);
        page.published("It prints f3 = 2.372.").near(f[3], 2.372, 5e-4);

        page.text("""
                The **backward pass** starts at the loss and walks back. It holds one number: how fast the loss changes with the value at
                which it has arrived. To go one step further back, it multiplies by the derivative of that step. Nothing is ever
                computed twice.
                """);
        double[] h = pass.h();
        double df3 = 2 * (f[3] - TARGET); // $(del ell)/(del f_3) = 2 (f_3 - y)$
        double dh3 = PARAMETERS[7] * df3; // $(del ell)/(del h_3) = omega_3 (del ell)/(del f_3)$
        double df2 = -Math.sin(f[2]) * dh3; // $(del ell)/(del f_2) = -sin(f_2) (del ell)/(del h_3)$
        double dh2 = PARAMETERS[6] * df2; // $(del ell)/(del h_2) = omega_2 (del ell)/(del f_2)$
        double df1 = h[2] * dh2; // $(del ell)/(del f_1) = exp(f_1) (del ell)/(del h_2)$
        double dh1 = PARAMETERS[5] * df1; // $(del ell)/(del h_1) = omega_1 (del ell)/(del f_1)$
        double df0 = Math.cos(f[0]) * dh1; // $(del ell)/(del f_0) = cos(f_0) (del ell)/(del h_1)$
        page.published("The notebook prints dl/df3 = 0.745.").near(df3, 0.745, 5e-4);
        page.published("It prints dl/df2 = -1.683.").near(df2, -1.683, 5e-4);
        page.published("It prints dl/df1 = -17.060.").near(df1, -17.060, 5e-4);
        page.published("It prints dl/df0 = 2.281.").near(df0, 2.281, 5e-4);

        page.text("""
                The parameters are one step off the path. In $f_k = beta_k + omega_k h_k$ the bias moves $f_k$ as far as it moves itself,
                and the weight moves it $h_k$ times as far (with $h_0 = x$). The check is a finite difference, which knows only the
                forward pass.
                """);
        double[] df = {df0, df1, df2, df3};
        Table table = Table.captioned("The loss's derivative in each parameter.")
                .text("parameter")
                .decimal("chain rule", 6)
                .decimal("finite difference", 6);
        double worst = 0;
        for (int i = 0; i < 8; i++) {
            int k = i % 4;
            double derivative = i < 4 ? df[k] : h[k] * df[k]; // $(del ell)/(del omega_k) = h_k (del ell)/(del f_k)$
            table.row((i < 4 ? "β" : "ω") + k, derivative, slope(i));
            worst = Math.max(worst, Math.abs(derivative - slope(i)) / Math.abs(slope(i)));
        }
        page.table(table);
        page.claim("All eight derivatives equal finite differences (largest relative difference).")
                .atMost(worst, 1e-6);

        page.text("""
                A derivative is a promise about small steps only. Here is the loss over $beta_0$, with the tangent that the
                backward pass predicts. They part soon: the error of the tangent grows with the *square* of the step.
                """);
        int points = 81;
        double[] beta = new double[points];
        double[] losses = new double[points];
        double[] tangent = new double[points];
        for (int i = 0; i < points; i++) {
            double[] moved = PARAMETERS.clone();
            moved[0] += -0.6 + 1.2 * i / (points - 1);
            beta[i] = moved[0];
            losses[i] = forward(moved).loss();
            tangent[i] = pass.loss() + df0 * (moved[0] - PARAMETERS[0]);
        }
        page.figure(LineChart.of("β0", "loss")
                .line("loss", beta, losses)
                .line("tangent at β0 = 1", beta, tangent)
                .figure("The tangent touches the loss at the model's own β0 and leaves it on both sides."));
        double[] small = PARAMETERS.clone();
        double[] tenth = PARAMETERS.clone();
        small[0] += 1e-2;
        tenth[0] += 1e-3;
        double errorOfStep = Math.abs(forward(small).loss() - pass.loss() - 1e-2 * df0);
        double errorOfTenth = Math.abs(forward(tenth).loss() - pass.loss() - 1e-3 * df0);
        page.claim("A step of a tenth makes the tangent's error about a hundredth (ratio).")
                .between(errorOfStep / errorOfTenth, 90, 110);
    }
}
