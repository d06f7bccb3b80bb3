package dev.weft.cli.text;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A text broken into lines where its script allows it: at spaces, and between Chinese characters.
///
/// @param text without line ends
public record Paragraph(String text) {

    /// Lines of at most so many columns; a word that is longer stands alone.
    public List<String> lines(int columns) {
        BreakIterator breaks = BreakIterator.getLineInstance(Locale.ROOT);
        breaks.setText(text);
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        int start = breaks.first();
        for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
            if (!mayBreak(end)) {
                continue;
            }
            String word = text.substring(start, end);
            if (Terminal.width((line + word).stripTrailing()) > columns && !line.isEmpty()) {
                lines.add(line.toString().stripTrailing());
                line.setLength(0);
            }
            line.append(word);
            start = end;
        }
        lines.add(line.toString().stripTrailing());
        return lines;
    }

    /// The rules of scripts also break at colons and hyphens, which would tear addresses apart.
    private boolean mayBreak(int at) {
        return at == text.length()
                || Character.isWhitespace(text.charAt(at - 1))
                || Terminal.width(text.substring(at - 1, at)) > 1
                || Terminal.width(text.substring(at, at + 1)) > 1;
    }
}
