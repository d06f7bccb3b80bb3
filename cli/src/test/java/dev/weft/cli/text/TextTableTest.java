package dev.weft.cli.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class TextTableTest {
    @Test
    void lines_withWideCharacters_alignsByColumnsTheyTake() {
        TextTable table = new TextTable("设备", "x").row("eth0", "1").row("网桥设备", "2");

        assertThat(table.lines()).containsExactly("设备      x", "eth0      1", "网桥设备  2");
    }

    @Test
    void lines_withEmptyLastCell_hasNoSpacesAtTheEnd() {
        assertThat(new TextTable("a", "b").row("long cell", "").lines())
                .containsExactly("a          b", "long cell");
    }

    @Test
    void row_withWrongNumberOfCells_isRefused() {
        assertThatThrownBy(() -> new TextTable("a", "b").row("1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("1 cells for 2 headings");
    }
}
