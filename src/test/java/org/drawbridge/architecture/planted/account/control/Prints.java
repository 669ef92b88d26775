package org.drawbridge.architecture.planted.account.control;

import java.io.FileDescriptor;

/** Wrong: nobody reads the console of a server. */
public class Prints {

  public void out() {
    System.out.println();
  }

  public void err() {
    System.err.println();
  }

  public FileDescriptor descriptor() {
    return FileDescriptor.out;
  }

  public void trace(Exception e) {
    e.printStackTrace();
  }
}
