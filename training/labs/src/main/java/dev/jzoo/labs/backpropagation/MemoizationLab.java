package dev.jzoo.labs.backpropagation;

import dev.jzoo.labs.Chapter;
import dev.jzoo.labs.Lab;
import dev.jzoo.labs.LabInfo;
import dev.jzoo.labs.LabPage;
import dev.jzoo.labs.LabSize;
import dev.jzoo.report.LineChart;
import dev.jzoo.report.Scale;
import dev.jzoo.scratch.Value;
import java.util.HashMap;
import java.util.Map;

/** Results that are kept instead of computed again: from Fibonacci numbers to backpropagation. */
public final class MemoizationLab implements Lab {

    @Override
    public LabInfo info() {
        return new LabInfo(
                "memoization",
                "Memoization",
                "What does backpropagation have in common with Fibonacci numbers?",
                Chapter.BACKPROPAGATION);
    }

    /** Fibonacci numbers, with the number of calls. */
    private static class CountedFibonacci {
        long calls;
        final Map<Integer, Long> known = new HashMap<>();

        long naive(int n) {
            calls++;
            return n < 2 ? n : naive(n - 1) + naive(n - 2); // $F_n = F_(n-1) + F_(n-2)$
        }

        long memoised(int n) {
            calls++;
            if (n >= 2 && !known.containsKey(n)) {
                known.put(n, memoised(n - 1) + memoised(n - 2));
            }
            return n < 2 ? n : known.get(n);
        }
    }

    /** Returns a deep expression in which each layer uses the value before it twice. */
    private static Value tower(Value x, int layers) {
        Value y = x;
        for (int layer = 0; layer < layers; layer++) {
            y = y.times(0.5).plus(y.tanh()); // $y_(k+1) = y_k/2 + tanh y_k$
        }
        return y;
    }

    /** The derivative of an expression by the chain rule as a recursion, with the number of calls. */
    private static class CountedDerivative {
        long calls;

        double of(Value y, Value x) {
            calls++;
            if (y.operands().isEmpty()) {
                return y == x ? 1 : 0;
            }
            Value a = y.operands().get(0);
            return switch (y.operation()) {
                case "+" -> of(a, x) + of(y.operands().get(1), x); // $(a + b)' = a' + b'$
                case "*" -> of(a, x) * y.operands().get(1).data(); // $(a c)' = a' c$
                default -> of(a, x) * (1 - y.data() * y.data()); // $(tanh a)' = a' (1 - tanh^2 a)$
            };
        }
    }

    @Override
    public void run(LabPage page) {
        page.text("""
                The Fibonacci numbers are defined by $F_n = F_(n-1) + F_(n-2)$. A program that follows the definition computes $F_(n-2)$
                twice, $F_(n-3)$ three times, $F_(n-4)$ five times: the number of calls, $2 F_(n+1) - 1$, grows as fast as the numbers
                themselves. **Memoization** keeps each result. Then each number is computed once, with $2 n - 1$ calls.
                """);
        int n = page.pick(25, 40, 40);
        CountedFibonacci naive = new CountedFibonacci();
        CountedFibonacci memoised = new CountedFibonacci();
        long slow = naive.naive(n);
        long fast = memoised.memoised(n);
        page.print("F(%d) = %,d with %,d calls by the definition, %,d memoised", n, slow, naive.calls, memoised.calls);
        long before = 0;
        long next = 1;
        for (int i = 0; i < n; i++) {
            long sum = before + next;
            before = next;
            next = sum;
        }
        page.claim("The definition gives the number that a loop gives.").equal(slow, before);
        page.claim("So does memoization.").equal(fast, before);
        page.claim("The definition needs 2 F(n + 1) - 1 calls.").equal(naive.calls, 2 * next - 1);
        page.claim("Memoization needs 2 n - 1 calls.").equal(memoised.calls, 2L * n - 1);
        if (page.size() != LabSize.SMALLEST) {
            page.published("The 40th Fibonacci number is 102,334,155.").equal(slow, 102_334_155L);
            page.published("The definition takes 331,160,281 calls.").equal(naive.calls, 331_160_281L);
            page.published("Memoization takes 79.").equal(memoised.calls, 79);
        }

        page.text("""
                The chain rule has the same trap. In this tower each layer uses the value before it twice,
                $y_(k+1) = y_k/2 + tanh y_k$, so there are $2^k$ paths from $y_k$ back to $x$. A recursion that differentiates
                $y_k$ by the rules of school walks every path.

                **Backpropagation** visits each value once, last to first. Two things are kept for that: the *values of the forward pass*,
                which the derivatives need, and one *gradient* for each value, in which all paths through it meet before it is passed on.
                """);
        int layers = page.pick(12, 18, 20);
        double[] depth = new double[layers];
        double[] recursion = new double[layers];
        double[] backward = new double[layers];
        double apart = 0;
        for (int k = 1; k <= layers; k++) {
            Value x = Value.of(0.3);
            Value y = tower(x, k);
            CountedDerivative derivative = new CountedDerivative();
            double slope = derivative.of(y, x);
            y.backward();
            apart = Math.max(apart, Math.abs(slope - x.gradient()) / Math.abs(slope));
            depth[k - 1] = k;
            recursion[k - 1] = derivative.calls;
            backward[k - 1] = y.graph().size();
        }
        page.figure(LineChart.of("layers", "values visited")
                .yScale(Scale.LOG)
                .line("recursion", depth, recursion)
                .line("backpropagation", depth, backward)
                .figure("The recursion doubles with each layer. Backpropagation adds four values."));
        page.claim("Both give the same derivative (largest relative difference).")
                .atMost(apart, 1e-12);
        page.claim("The recursion's calls follow c(k) = 2 c(k - 1) + 3, so c(k) = 4 · 2^k - 3.")
                .equal((long) recursion[layers - 1], 4 * (1L << layers) - 3);
        page.claim("Backpropagation visits four values for each layer, and x.")
                .equal((long) backward[layers - 1], 4L * layers + 1);

        page.text("""
                A derivative can be wrong in the same way twice, so a last look from outside: the finite difference of the deepest tower.
                """);
        double h = 1e-6;
        Value x = Value.of(0.3);
        tower(x, layers).backward();
        double above = tower(Value.of(0.3 + h), layers).data();
        double below = tower(Value.of(0.3 - h), layers).data();
        page.claim("The finite difference agrees (relative difference).")
                .atMost(Math.abs((above - below) / (2 * h) - x.gradient()) / Math.abs(x.gradient()), 1e-5);
    }
}
