package dev.jzoo.examples.swing;

import dev.jzoo.inference.pictures.ImageClassifier;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.io.IOException;
import javax.swing.JFrame;
import javax.swing.SwingUtilities;

/** A window in which you draw a digit and the model reads it. */
public final class DigitWindow {

    private DigitWindow() {}

    public static void main(String[] args) throws IOException {
        ImageClassifier digits = ImageClassifier.load("mnist-lenet");
        SwingUtilities.invokeLater(() -> {
            JFrame frame = new JFrame("Digits");
            frame.setDefaultCloseOperation(JFrame.DISPOSE_ON_CLOSE);
            frame.addWindowListener(new WindowAdapter() {
                @Override
                public void windowClosed(WindowEvent event) {
                    digits.close();
                }
            });
            frame.add(new DigitPanel(digits));
            frame.pack();
            frame.setResizable(false);
            frame.setLocationRelativeTo(null);
            frame.setVisible(true);
        });
    }
}
