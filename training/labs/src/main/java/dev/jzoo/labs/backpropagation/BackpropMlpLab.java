package dev.jzoo.labs.backpropagation;

import dev.jzoo.labs.Chapter;
import dev.jzoo.labs.Lab;
import dev.jzoo.labs.LabInfo;
import dev.jzoo.labs.LabPage;
import dev.jzoo.report.BarChart;
import dev.jzoo.report.ScatterChart;
import dev.jzoo.scratch.Array;
import java.util.Random;

/** Backpropagation through five layers of six units with matrices, checked weight by weight. */
public final class BackpropMlpLab implements Lab {

    /** Hidden layers, and units in each. */
    private static final int K = 5;

    private static final int D = 6;

    @Override
    public LabInfo info() {
        return new LabInfo(
                "backprop-mlp",
                "Backpropagation with matrices",
                "How does a deep network get all its gradients in one walk back?",
                Chapter.BACKPROPAGATION);
    }

    /** Weights and biases of each layer: 1 input, K layers of D units, 1 output. */
    private record DeepWeights(Array[] omega, Array[] beta) {

        static DeepWeights random(Random random) {
            Array[] omega = new Array[K + 1];
            Array[] beta = new Array[K + 1];
            for (int k = 0; k <= K; k++) {
                int inputs = k == 0 ? 1 : D;
                int outputs = k == K ? 1 : D;
                omega[k] = Array.zeros(outputs, inputs).map(zero -> random.nextGaussian() * Math.sqrt(2.0 / inputs));
                beta[k] = Array.zeros(outputs, 1).map(zero -> 0.1 * random.nextGaussian());
            }
            return new DeepWeights(omega, beta);
        }
    }

    /** The values of a forward pass: pre-activations f and activations h of each layer. */
    private record DeepPass(Array[] f, Array[] h) {

        double loss(double target) {
            double error = f[K].get(0, 0) - target; // $ell = (f_K - y)^2$
            return error * error;
        }
    }

    private static DeepPass forward(DeepWeights w, double x) {
        Array[] f = new Array[K + 1];
        Array[] h = new Array[K + 1];
        h[0] = Array.rows(new double[] {x});
        for (int k = 0; k <= K; k++) {
            f[k] = w.beta()[k].plus(w.omega()[k].dot(h[k])); // $f_k = beta_k + Omega_k h_k$
            if (k < K) {
                h[k + 1] = f[k].map(z -> Math.max(0, z)); // $h_(k+1) = ReLU(f_k)$
            }
        }
        return new DeepPass(f, h);
    }

    /** Returns the gradients in the same form as the weights. */
    private static DeepWeights backward(DeepWeights w, DeepPass pass, double target) {
        DeepWeights gradient = new DeepWeights(new Array[K + 1], new Array[K + 1]);
        Array df =
                Array.rows(new double[] {2 * (pass.f()[K].get(0, 0) - target)}); // $(del ell)/(del f_K) = 2 (f_K - y)$
        for (int k = K; k >= 0; k--) {
            gradient.beta()[k] = df; // $(del ell)/(del beta_k) = (del ell)/(del f_k)$
            gradient.omega()[k] =
                    df.dotTransposed(pass.h()[k]); // $(del ell)/(del Omega_k) = (del ell)/(del f_k) h_k^T$
            if (k > 0) {
                Array dh = w.omega()[k].transposedDot(df); // $(del ell)/(del h_k) = Omega_k^T (del ell)/(del f_k)$
                df = dh.map(pass.f()[k - 1], (d, z) -> z > 0 ? d : 0); // times ReLU': 1 or 0
            }
        }
        return gradient;
    }

    /** Returns the slope of the loss in each number of one array of the weights, by finite differences. */
    private static double[] slopes(DeepWeights w, Array place, double x, double target) {
        double h = 1e-6;
        double[] slopes = new double[place.count()];
        for (int i = 0; i < slopes.length; i++) {
            double before = place.values()[i];
            place.values()[i] = before + h;
            double above = forward(w, x).loss(target);
            place.values()[i] = before - h;
            slopes[i] = (above - forward(w, x).loss(target)) / (2 * h);
            place.values()[i] = before;
        }
        return slopes;
    }

    @Override
    public void run(LabPage page) {
        page.text("""
                A layer of a network is a matrix $Omega_k$, a vector of biases $beta_k$ and a ReLU. This network has $K = 5$ hidden layers
                of $D = 6$ units, and one input and one output:

                $$f_0 = beta_0 + Omega_0 x$$

                $$h_k = ReLU(f_(k-1)), f_k = beta_k + Omega_k h_k$$

                The chain rule of a single number carries over, with one change: where the forward pass multiplies by $Omega_k$, the
                backward pass multiplies by its *transpose* $Omega_k^T$. The reason is book-keeping. Unit $i$ sends its value to each unit
                $j$ with weight $omega_(j i)$, so on the way back it collects the gradient of each $j$ with the same weight.
                """);
        double x = 1.2;
        double target = -0.5;
        DeepWeights weights = DeepWeights.random(page.random());
        DeepPass pass = forward(weights, x);
        DeepWeights gradient = backward(weights, pass, target);
        page.print("output %.4f, target %.1f, loss %.4f", pass.f()[K].get(0, 0), target, pass.loss(target));

        page.text("""
                Every one of the gradients is checked by a finite difference. Each difference runs the network twice. Backpropagation gets
                all of them from one forward and one backward pass, and that is why networks with millions of weights can be trained.
                """);
        int count = 0;
        double worst = 0;
        ScatterChart chart = ScatterChart.of("finite difference", "backpropagation");
        BarChart norms = BarChart.of("norm of the gradient of the layer's weights");
        for (int k = 0; k <= K; k++) {
            double[] slopes = slopes(weights, weights.omega()[k], x, target);
            double[] biasSlopes = slopes(weights, weights.beta()[k], x, target);
            Array apart = gradient.omega()[k].minus(Array.of(slopes, gradient.omega()[k].shape()));
            Array biasApart = gradient.beta()[k].minus(Array.of(biasSlopes, gradient.beta()[k].shape()));
            worst = Math.max(worst, apart.norm() / gradient.omega()[k].norm());
            worst = Math.max(worst, biasApart.norm() / gradient.beta()[k].norm());
            count += slopes.length + biasSlopes.length;
            chart.points("Ω" + k, slopes, gradient.omega()[k].values());
            norms.bar("Ω" + k, gradient.omega()[k].norm());
        }
        page.figure(chart.figure("Each mark is one weight. On the dashed line both gradients are equal."));
        page.print("%d gradients: %d forward passes for the finite differences", count, 2 * count);
        page.claim("The network has 187 weights and biases, and as many gradients.")
                .equal(count, 187);
        page.claim("Each gradient equals the finite difference (largest relative difference of a layer).")
                .atMost(worst, 1e-6);

        page.text("""
                Two things can be read off the gradients. A unit that the ReLU has switched off sends nothing back, so the weights into it
                get the gradient 0: only active paths learn. And the size of the gradients differs from layer to layer. The chapter on
                initialisation is about keeping it in bounds.
                """);
        page.figure(norms.figure("How strongly each layer is pulled by this example."));
        int off = 0;
        int moved = 0;
        for (int k = 0; k < K; k++) {
            for (int unit = 0; unit < D; unit++) {
                if (pass.f()[k].get(unit, 0) <= 0) {
                    off++;
                    for (int i = 0; i < weights.omega()[k].size(1); i++) {
                        moved += gradient.omega()[k].get(unit, i) == 0 ? 0 : 1;
                    }
                }
            }
        }
        page.print("%d of %d hidden units are off for this input", off, K * D);
        page.claim("Some units are off.").atLeast(off, 1);
        page.claim("No weight into such a unit has a gradient (weights that do).")
                .equal(moved, 0);

        page.text("""
                The last test of a gradient is whether it leads downhill. One small step against it must lower the loss by nearly
                $eta ||nabla ell||^2$.
                """);
        double rate = 1e-5;
        double squares = 0;
        for (int k = 0; k <= K; k++) {
            squares += Math.pow(gradient.omega()[k].norm(), 2) + Math.pow(gradient.beta()[k].norm(), 2);
            weights.omega()[k] = weights.omega()[k].minus(gradient.omega()[k].times(rate));
            weights.beta()[k] = weights.beta()[k].minus(gradient.beta()[k].times(rate));
        }
        double fall = pass.loss(target) - forward(weights, x).loss(target);
        page.claim("The loss falls by the learning rate times the squared norm (ratio).")
                .near(fall / (rate * squares), 1, 0.02);
    }
}
