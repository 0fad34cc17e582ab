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

/** The pad, what the model says to it, and a button to begin anew. */
@SuppressWarnings("serial")
final class DigitPanel extends JPanel {

    private static final String HINT = "Draw a digit";

    private final JLabel answer = new JLabel(HINT, SwingConstants.CENTER);

    /** @param digits stays the caller's to close */
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

    /** A digit takes less than a millisecond; a larger model would run on a SwingWorker. */
    private void show(ImageClassifier digits, BufferedImage drawing) {
        Classification classification = digits.classify(drawing);
        answer.setText(classification.toString());
    }

    String answer() {
        return answer.getText();
    }
}
