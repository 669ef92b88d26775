package org.drawbridge.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.drawbridge.problem.Malformed;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A page")
class PageTest {

  private static PageRequest request(String page, String pageSize) {
    PageRequest request = new PageRequest();
    request.page = page;
    request.pageSize = pageSize;
    return request;
  }

  @Test
  @DisplayName("is the first of twenty where nothing is asked for")
  void defaults() {
    PageRequest request = new PageRequest();
    assertThat(request.page()).isZero();
    assertThat(request.size()).isEqualTo(20);
    assertThat(request.offset()).isZero();
  }

  @Test
  @DisplayName("begins after all the pages before it")
  void offset() {
    assertThat(request("3", "50").offset()).isEqualTo(150);
  }

  @ParameterizedTest
  @DisplayName("has from 1 to 200 items")
  @ValueSource(strings = {"0", "201", "-1", "x", "", " 5", "1.0", "1e1", "99999999999", "٥x"})
  void badSizes(String size) {
    assertThatThrownBy(() -> request("0", size).size())
        .isInstanceOf(Malformed.class)
        .hasMessage("The query parameter pageSize must be a whole number from 1 to 200.");
  }

  @ParameterizedTest
  @DisplayName("is counted from 0, up to 50,000 items")
  @ValueSource(strings = {"-1", "2501", "x", "", "99999999999", "-0x1"})
  void badPages(String page) {
    assertThatThrownBy(() -> request(page, "20").page())
        .isInstanceOf(Malformed.class)
        .hasMessage("The query parameter page must be a whole number from 0 to 2500.");
  }

  @Test
  @DisplayName("may be as far as 50,000 items and no further, whatever its size")
  void furthest() {
    assertThat(request("2500", "20").offset()).isEqualTo(50_000);
    assertThat(request("250", "200").offset()).isEqualTo(50_000);
    assertThat(request("50000", "1").offset()).isEqualTo(50_000);
    assertThatThrownBy(() -> request("251", "200").page()).isInstanceOf(Malformed.class);
  }

  @Test
  @DisplayName("may be further where a collection is listed to its end")
  void further() {
    PageRequest request = request("5000", "200").asFarAs(1_000_000);
    assertThat(request.offset()).isEqualTo(1_000_000);
    assertThat(request.size()).isEqualTo(200);
    assertThatThrownBy(() -> request("5001", "200").asFarAs(1_000_000).page())
        .isInstanceOf(Malformed.class);
  }

  @Test
  @DisplayName("tells where it stands among all")
  void among() {
    Page<String> first = Page.of(request("0", "2"), List.of("a", "b"), 5);
    assertThat(first).isEqualTo(new Page<>(0, true, List.of("a", "b"), 2, false, 2, 5, 3));
    Page<String> last = Page.of(request("2", "2"), List.of("e"), 5);
    assertThat(last).isEqualTo(new Page<>(2, false, List.of("e"), 1, true, 2, 5, 3));
  }

  @Test
  @DisplayName("that is full is the last where nothing follows")
  void fullAndLast() {
    assertThat(Page.of(request("1", "2"), List.of("c", "d"), 4).last()).isTrue();
    assertThat(Page.of(request("0", "2"), List.of("a", "b"), 4).last()).isFalse();
  }

  @Test
  @DisplayName("of nothing is the first and the last of none")
  void nothing() {
    assertThat(Page.of(new PageRequest(), List.of(), 0))
        .isEqualTo(new Page<>(0, true, List.of(), 0, true, 20, 0, 0));
  }

  @Test
  @DisplayName("keeps its place when its items are written another way")
  void mapped() {
    Page<String> page = Page.of(request("1", "2"), List.of("c", "d"), 5);
    assertThat(page.map(String::length))
        .isEqualTo(new Page<>(1, false, List.of(1, 1), 2, false, 2, 5, 3));
    assertThat(page.with(List.of(7, 8)))
        .isEqualTo(new Page<>(1, false, List.of(7, 8), 2, false, 2, 5, 3));
  }
}
