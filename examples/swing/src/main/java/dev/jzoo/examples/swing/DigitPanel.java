package dev.jzoo.examples.swing;

import dev.jzoo.inference.Classification;
import dev.jzoo.inference.pictures.ImageClassifier;
import java.awt.BorderLayout;
import java.awt.Font;
import java.awt.image.BufferedImage;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.SwingConstants;

/** A panel with the pad, the model's answer, and a button to clear the pad. */
@SuppressWarnings("serial")
final class DigitPanel extends JPanel {

    private static final String HINT = "Draw a digit";

    private final JLabel answer = new JLabel(HINT, SwingConstants.CENTER);

    /** @param digits the classifier, which the caller closes */
    DigitPanel(ImageClassifier digits) {
        super(new BorderLayout(0, 8));
        DigitPad pad = new DigitPad(drawing -> show(digits, drawing));
        JButton clear = new JButton("Clear");
        clear.addActionListener(event -> {
            pad.clear();
            answer.setText(HINT);
        });
        answer.setFont(answer.getFont().deriveFont(Font.BOLD, 18));
        add(answer, BorderLayout.NORTH);
        add(pad, BorderLayout.CENTER);
        add(clear, BorderLayout.SOUTH);
    }

    /** Shows the label of a drawing. A digit takes less than a millisecond; run a larger model on a SwingWorker. */
    private void show(ImageClassifier digits, BufferedImage drawing) {
        Classification classification = digits.classify(drawing);
        answer.setText(classification.toString());
    }

    String answer() {
        return answer.getText();
    }
}
