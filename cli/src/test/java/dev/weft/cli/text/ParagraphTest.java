package dev.weft.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ParagraphTest {
    @Test
    void lines_ofWords_breaksAtSpaces() {
        assertThat(new Paragraph("the quick brown fox").lines(10))
                .containsExactly("the quick", "brown fox");
    }

    @Test
    void lines_ofChinese_breaksBetweenCharactersOfTwoColumns() {
        assertThat(new Paragraph("容器网络").lines(4)).containsExactly("容器", "网络");
    }

    @Test
    void lines_ofOneLongWord_keepsItWhole() {
        assertThat(new Paragraph("a abcdefghij b").lines(4))
                .containsExactly("a", "abcdefghij", "b");
    }

    @Test
    void lines_withAddress_keepsItInOnePiece() {
        assertThat(new Paragraph("to MAC fa:93:b3:0f:97:e7").lines(18))
                .containsExactly("to MAC", "fa:93:b3:0f:97:e7");
    }

    @Test
    void lines_ofNothing_isOneEmptyLine() {
        assertThat(new Paragraph("").lines(10)).containsExactly("");
    }
}
