package org.drawbridge.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.virtualauthenticator.VirtualAuthenticatorOptions;
import org.openqa.selenium.virtualauthenticator.VirtualAuthenticatorOptions.Protocol;
import org.openqa.selenium.virtualauthenticator.VirtualAuthenticatorOptions.Transport;

/**
 * Chromium with a virtual authenticator (WebAuthn Level 3 section 11) that verifies its person.
 * Where the machine lacks Debian's packages {@code chromium} and {@code chromium-driver}, they are
 * installed.
 */
public final class Browser implements AutoCloseable {

  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final Path SCREENSHOTS = Path.of("target/screenshots");
  private static final int MOST_TABS = 30;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final String AXE = axe();

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  public static Browser open() {
    install();
    ChromeOptions options = new ChromeOptions();
    options.setBinary(CHROMIUM.toString());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync");
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(DRIVER.toFile())
            .usingAnyFreePort()
            .withEnvironment(Map.of("SE_OFFLINE", "true"))
            .build();
    ChromeDriver driver = new ChromeDriver(service, options);
    driver.addVirtualAuthenticator(
        new VirtualAuthenticatorOptions()
            .setProtocol(Protocol.CTAP2)
            .setTransport(Transport.INTERNAL)
            .setHasResidentKey(true)
            .setHasUserVerification(true)
            .setIsUserVerified(true));
    return new Browser(driver);
  }

  private static String axe() {
    try (InputStream script = Browser.class.getResourceAsStream("/axe.min.js")) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isInstalled() {
    return Files.exists(CHROMIUM) && Files.exists(DRIVER);
  }

  private static void install() {
    // A package that another JVM is installing is there in part.
    Alone.run(Path.of("target/chromium.lock"), Browser::installPackages);
    if (!isInstalled()) {
      throw new IllegalStateException(
          "The browser tests need "
              + CHROMIUM
              + " and "
              + DRIVER
              + ": install Debian's packages chromium and chromium-driver");
    }
  }

  private static void installPackages() {
    if (isInstalled()) {
      return;
    }
    boolean isRoot = "root".equals(System.getProperty("user.name"));
    for (List<String> arguments :
        List.of(
            List.of("update", "-q"),
            List.of("install", "-q", "-y", "chromium", "chromium-driver"))) {
      List<String> command = new ArrayList<>(isRoot ? List.of() : List.of("sudo", "-n"));
      command.add("apt-get");
      command.addAll(arguments);
      run(command);
    }
  }

  private static void run(List<String> command) {
    try {
      ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
      builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
      builder.start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  public Browser go(String address) {
    driver.get(address);
    return this;
  }

  public Browser back() {
    driver.navigate().back();
    return this;
  }

  /** As on a small phone that is held upright; no window of Chromium's can be that small. */
  public Browser narrow() {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", 320, "height", 850, "deviceScaleFactor", 1, "mobile", false));
    return this;
  }

  public Browser type(String css, String text) {
    WebElement element = shown(css);
    element.clear();
    element.sendKeys(text);
    return this;
  }

  public Browser click(String css) {
    shown(css).click();
    return this;
  }

  /** Clicks the one of several that has exactly that text. */
  public Browser clickButton(String css, String text) {
    shown(css);
    driver.findElements(By.cssSelector(css)).stream()
        .filter(element -> element.getText().equals(text))
        .findFirst()
        .orElseThrow(() -> new AssertionError("No " + css + " says " + text))
        .click();
    return this;
  }

  /** The text of an element, once it is shown. */
  public String text(String css) {
    return shown(css).getText();
  }

  /** Waits until the element shows the text. */
  public Browser awaitText(String css, String text) {
    if (!Await.until(PATIENCE, () -> isShown(css, text))) {
      picture("failed");
      throw new AssertionError(
          css
              + " never showed \""
              + text
              + "\": "
              + driver.findElement(By.tagName("body")).getText());
    }
    return this;
  }

  private boolean isShown(String css, String text) {
    try {
      return driver.findElements(By.cssSelector(css)).stream()
          .anyMatch(e -> e.isDisplayed() && e.getText().contains(text));
    } catch (WebDriverException e) {
      // The page has just drawn it anew, or gone; the next look sees that.
      return false;
    }
  }

  public int count(String css) {
    return driver.findElements(By.cssSelector(css)).size();
  }

  public String address() {
    return driver.getCurrentUrl();
  }

  private WebElement shown(String css) {
    if (!Await.until(
        PATIENCE,
        () ->
            driver.findElements(By.cssSelector(css)).stream().anyMatch(WebElement::isDisplayed))) {
      picture("failed");
      throw new AssertionError(
          css + " is not shown: " + driver.findElement(By.tagName("body")).getText());
    }
    return driver.findElements(By.cssSelector(css)).stream()
        .filter(WebElement::isDisplayed)
        .findFirst()
        .orElseThrow();
  }

  /** Kept for people to look at. */
  public Browser picture(String name) {
    try {
      Files.createDirectories(SCREENSHOTS);
      Files.write(SCREENSHOTS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the person sees now, as a PNG, on a screen like a phone's: three dots to a pixel. */
  public byte[] sharpScreen() {
    Map<String, Object> picture =
        driver.executeCdpCommand(
            "Page.captureScreenshot",
            Map.of(
                "format",
                "png",
                "clip",
                Objects.requireNonNull(
                    driver.executeScript(
                        "return {x: 0, y: 0, width: innerWidth, height: innerHeight, scale: 3}"))));
    return Base64.getDecoder().decode(picture.get("data").toString());
  }

  /** Presses keys, wherever the focus is. */
  public Browser press(CharSequence... keys) {
    driver.switchTo().activeElement().sendKeys(keys);
    return this;
  }

  /** Presses the tabulator until the element has the focus. */
  public Browser tabTo(String css) {
    shown(css);
    for (int i = 0; i < MOST_TABS; i++) {
      press(Keys.TAB);
      if (Boolean.TRUE.equals(
          driver.executeScript("return document.activeElement.matches(arguments[0])", css))) {
        return this;
      }
    }
    throw new AssertionError("The keyboard does not lead to " + css);
  }

  /** What axe finds serious or critical on the page as it is now: the rule, and where. */
  public List<String> barriers() {
    driver.executeScript(AXE);
    return ((List<?>)
            driver.executeAsyncScript(
                "const done = arguments[0]; axe.run().then(r => done(r.violations"
                    + ".filter(v => ['serious', 'critical'].includes(v.impact))"
                    + ".map(v => v.id + ' at ' + v.nodes.map(n => n.target).join(' ')))"
                    + ").catch(e => done(['axe failed: ' + e]))"))
        .stream().map(Object::toString).toList();
  }

  /** As it looks for people who want it dark. */
  public Browser dark() {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));
    return this;
  }

  /** As it is for people whose browser speaks German. */
  public Browser german() {
    driver.executeCdpCommand(
        "Network.setUserAgentOverride",
        Map.of(
            "userAgent",
            driver.executeScript("return navigator.userAgent"),
            "acceptLanguage",
            "de-CH"));
    return this;
  }

  /**
   * Lets pages show notices, and has them subscribe to them with this instead of with the browser
   * maker's push service, which no test may call.
   *
   * @param subscription as {@code PushSubscription.toJSON()} answers it
   */
  public Browser subscribesAs(String subscription) {
    driver.executeCdpCommand(
        "Browser.grantPermissions", Map.of("permissions", List.of("notifications")));
    driver.executeScript(
        "const own = { toJSON: () => JSON.parse(arguments[0]), unsubscribe: async () => {} };"
            + "PushManager.prototype.subscribe = async () => own;",
        subscription);
    return this;
  }

  /** Delivers a message to the page's service worker; answers the titles of what is then shown. */
  public List<String> shownAfterPush(String message) {
    driver.executeAsyncScript(
        "const done = arguments[0]; navigator.serviceWorker.ready.then(() => done())");
    driver.executeCdpCommand("ServiceWorker.enable", Map.of());
    Map<String, Object> push =
        Map.of(
            "origin",
            Objects.requireNonNull(driver.executeScript("return location.origin")),
            // The profile is new, so that it is the first.
            "registrationId",
            "0",
            "data",
            message);
    List<String> titles = new ArrayList<>();
    // Told more than once: a worker that is still being stored is not found. The tag makes it one.
    Await.until(
        PATIENCE,
        () -> {
          driver.executeCdpCommand("ServiceWorker.deliverPushMessage", push);
          return titles.addAll(shownNotices());
        });
    return titles;
  }

  private List<String> shownNotices() {
    return ((List<?>)
            driver.executeAsyncScript(
                "const done = arguments[0]; navigator.serviceWorker.getRegistration()"
                    + ".then(r => r.getNotifications()).then(n => done(n.map(one => one.title)))"))
        .stream().map(Object::toString).toList();
  }

  /** Whether the page is wider than the window. */
  public boolean scrollsSideways() {
    return Boolean.TRUE.equals(
        driver.executeScript(
            "return document.documentElement.scrollWidth > document.documentElement.clientWidth"));
  }

  /** What the browser complained about: scripts, and what the page's policy forbade. */
  public List<String> complaints() {
    return driver.manage().logs().get("browser").getAll().stream().map(Object::toString).toList();
  }

  @Override
  public void close() {
    driver.quit();
  }
}
