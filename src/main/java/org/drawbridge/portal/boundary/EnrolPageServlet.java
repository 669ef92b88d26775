package org.drawbridge.portal.boundary;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code /enroll?auth-token=…}: the page behind an enrolment link. */
@WebServlet("/enroll")
public class EnrolPageServlet extends HttpServlet {

  private static final long serialVersionUID = 1;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    // The link is a credential.
    response.setHeader("Cache-Control", "no-store");
    request.getRequestDispatcher("/enroll.html").forward(request, response);
  }
}
