//! A matching service: `cargo run -p duijie --example service -- INDEX_FOLDER [ADDRESS]`
//!
//! - `POST /match?unit=institution&top=10`: a demand as JSON in, its ranking as a line of `matches.jsonl` out.
//! - `GET /health`: how many achievements are known.
//! - `POST /reload`: takes up the last commit of the index; requests go on being answered meanwhile.
//!
//! What cannot be answered comes back as `{"error": …}`. Ctrl-C or SIGTERM lets the requests under
//! way finish.

use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, QueryRejection};
use axum::extract::{DefaultBodyLimit, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use duijie::{Demand, DemandMatch, Error, MatchOptions, Matcher, Unit};
use serde_json::{Value, json};
use std::sync::Arc;

/// The longest body of a request, in bytes.
pub(crate) const BODY_LIMIT: usize = 2 << 20;

#[derive(serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Wanted {
    unit: Unit,
    top: usize,
}

impl Default for Wanted {
    fn default() -> Self {
        Self { unit: Unit::Institution, top: 10 }
    }
}

/// The service over `matcher`.
pub(crate) fn app(matcher: Arc<Matcher>) -> Router {
    Router::new()
        .route("/match", post(answer))
        .route("/health", get(health))
        .route("/reload", post(reload))
        .fallback(|| async { Failure::new(StatusCode::NOT_FOUND, "there are POST /match, GET /health, POST /reload") })
        .method_not_allowed_fallback(|| async {
            Failure::new(StatusCode::METHOD_NOT_ALLOWED, "another method is needed")
        })
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .with_state(matcher)
}

async fn answer(
    State(matcher): State<Arc<Matcher>>,
    wanted: Result<Query<Wanted>, QueryRejection>,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<DemandMatch>, Failure> {
    let Query(wanted) = wanted.map_err(|problem| Failure::new(problem.status(), problem.body_text()))?;
    let body = body.map_err(|problem| Failure::new(problem.status(), problem.body_text()))?;
    let unusable = |problem: &dyn std::fmt::Display| Failure::new(StatusCode::BAD_REQUEST, problem);
    let mut demand: Demand = serde_json::from_slice(&body).map_err(|problem| unusable(&problem))?;
    let catalogue = matcher.catalogue();
    catalogue.settle(&mut demand.chain, &mut demand.sub_industry).map_err(|problem| unusable(&problem))?;
    let options = MatchOptions { unit: wanted.unit, top: wanted.top, ..MatchOptions::default() };
    Ok(Json(blocking(move || matcher.match_one(&demand, &options)).await?))
}

async fn health(State(matcher): State<Arc<Matcher>>) -> Json<Value> {
    Json(json!({ "achievements": matcher.len() }))
}

async fn reload(State(matcher): State<Arc<Matcher>>) -> Result<Json<Value>, Failure> {
    let reloaded = matcher.clone();
    blocking(move || reloaded.reload()).await?;
    Ok(health(State(matcher)).await)
}

/// Runs work that computes or reads files where it holds up no connection.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> duijie::Result<T> + Send + 'static) -> Result<T, Failure> {
    let done = tokio::task::spawn_blocking(work).await;
    let failed = |problem: &dyn std::fmt::Display| Failure::new(StatusCode::INTERNAL_SERVER_ERROR, problem);
    done.map_err(|panic| failed(&panic))?.map_err(|error: Error| failed(&error))
}

struct Failure(StatusCode, String);

impl Failure {
    fn new(status: StatusCode, problem: impl std::fmt::Display) -> Self {
        Self(status, problem.to_string())
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        (self.0, Json(json!({ "error": self.1 }))).into_response()
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args_os().skip(1);
    let folder = arguments.next().ok_or("give the folder of an index")?;
    let address = arguments.next().map_or(Ok("127.0.0.1:8080".to_owned()), |address| address.into_string());
    let address = address.map_err(|_| "the address is no text")?;
    let matcher = Arc::new(Matcher::open(folder.as_ref())?);
    let listener = tokio::net::TcpListener::bind(&address).await?;
    eprintln!("answering on http://{}", listener.local_addr()?);
    axum::serve(listener, app(matcher)).with_graceful_shutdown(asked_to_stop()).await?;
    Ok(())
}

/// Waits for Ctrl-C or SIGTERM.
async fn asked_to_stop() {
    let interrupted = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await; // No signals here: run until killed.
        }
    };
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminated) = signal(SignalKind::terminate()) {
            tokio::select! { () = interrupted => {}, _ = terminated.recv() => {} }
            return;
        }
    }
    interrupted.await;
}
