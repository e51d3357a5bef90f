//! A small HTTP/1.1 server on loopback, and a real client that talks to it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use http::{Request, Response};
use url::Url;

/// What the server answers: an HTTP status and a body.
pub(crate) type Reply = (u16, String);

/// Serves one request a connection until it is dropped.
pub(crate) struct Server {
    address: SocketAddr,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Answers every request with what `answer` says. A panic of `answer` cuts the connection,
    /// which the client sees as an error.
    pub(crate) fn start(
        mut answer: impl FnMut(&Request<String>) -> Reply + Send + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let thread = std::thread::spawn(move || {
            for stream in listener.incoming() {
                if stopped.load(Ordering::SeqCst) {
                    break;
                }
                serve(&stream.unwrap(), &mut answer);
            }
        });
        Self { address, stop, thread: Some(thread) }
    }

    /// Where the server is.
    pub(crate) fn url(&self) -> Url {
        Url::parse(&format!("http://{}", self.address)).unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        // Wakes the thread up if it is still there.
        let _ = TcpStream::connect(self.address);
        let result = self.thread.take().unwrap().join();
        assert!(result.is_ok() || std::thread::panicking(), "the server panicked");
    }
}

fn serve(stream: &TcpStream, answer: &mut impl FnMut(&Request<String>) -> Reply) {
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).unwrap();
    let mut words = line.split_whitespace();
    let mut request = Request::builder().method(words.next().unwrap()).uri(words.next().unwrap());
    let mut length = 0;
    loop {
        line.clear();
        reader.read_line(&mut line).unwrap();
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse().unwrap();
        }
        request = request.header(name, value.trim());
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    let request = request.body(String::from_utf8(body).unwrap()).unwrap();

    let (status, body) = answer(&request);
    let head =
        format!("HTTP/1.1 {status} -\r\nConnection: close\r\nContent-Length: {}", body.len());
    write!(&mut &*stream, "{head}\r\n\r\n{body}").unwrap();
}

/// Sends a request with a real HTTP client and gives back its response.
pub(crate) fn send(request: Request<Vec<u8>>) -> Response<Vec<u8>> {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .proxy(None)
        .timeout_global(Some(Duration::from_secs(10)))
        .build()
        .into();
    let response =
        if request.body().is_empty() { agent.run(request.map(drop)) } else { agent.run(request) };
    let (parts, mut body) = response.unwrap().into_parts();
    Response::from_parts(parts, body.read_to_vec().unwrap())
}

/// A header of a request, if it is there.
pub(crate) fn header<'a>(request: &'a Request<String>, name: &str) -> Option<&'a str> {
    request.headers().get(name).map(|value| value.to_str().unwrap())
}
