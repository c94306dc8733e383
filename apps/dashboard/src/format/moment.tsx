export { Moment } from "../components/moment.tsx";
